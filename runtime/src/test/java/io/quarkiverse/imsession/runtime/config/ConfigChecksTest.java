package io.quarkiverse.imsession.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.runtime.http.PathChecks;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.redis.client.impl.RedisURI;

class ConfigChecksTest {

    private static final String SECURE = "quarkus.imsession.cookie.secure=true";

    @Test
    void theDefaultsCanWork() {
        assertThatCode(() -> check(true)).doesNotThrowAnyException();
        assertThatCode(() -> check(false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "cookie.name=__Host-sid        | cookie.name      | " + SECURE,
            "cookie.name=__Secure-sid      | cookie.name      | " + SECURE,
            "cookie.same-site=none         | cookie.same-site | " + SECURE,
            "cookie.partitioned=true       | cookie.partitioned | " + SECURE })
    void whatBrowsersRefuseWithoutSecureFailsTheStart(String setting, String property, String mend) {
        assertRefused(false, property, mend, setting);
        assertThatCode(() -> check(true, setting)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "cookie.path=/app              | quarkus.imsession.cookie.path=/",
            "cookie.domain=example.org     | remove quarkus.imsession.cookie.domain" })
    void aHostCookieWithPathOrDomainFailsTheStart(String setting, String mend) {
        assertRefused(true, "cookie.name", mend, setting, "cookie.name=__Host-sid");
        assertThatCode(() -> check(true, setting, "cookie.name=__Secure-sid")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "timeout=0S                    | timeout               | such as 24H",
            "timeout=-1H                   | timeout               | such as 24H",
            "timeout=0.999S                | timeout               | such as 24H",
            "acting.timeout=0S             | acting.timeout        | such as 24H",
            "acting.timeout=24H1S          | acting.timeout        | set a shorter duration",
            "acting.forbidden-roles=admin  | acting.forbidden-roles | set quarkus.imsession.acting.roles",
            "timeout=401D                  | timeout               | shorter",
            "absolute-timeout=0.5S         | absolute-timeout      | such as 7D",
            "renewal.threshold=0           | renewal.threshold     | such as 0.33",
            "renewal.threshold=1           | renewal.threshold     | such as 0.33",
            "renewal.threshold=-0.5        | renewal.threshold     | such as 0.33",
            "renewal.threshold=NaN         | renewal.threshold     | such as 0.33",
            "renewal.grace=-1S             | renewal.grace         | such as 1M",
            "renewal.grace=24H             | renewal.grace         | a minute at most",
            "renewal.interval=0S           | renewal.interval      | such as 1H",
            "renewal.interval=0.5S         | renewal.interval      | renewal.mode=touch",
            "renewal.touch-interval=0S             | renewal.touch-interval        | such as 5M",
            "renewal.touch-interval=24H            | renewal.touch-interval        | leave it out",
            "websockets.check-interval=1MS | websockets.check-interval | 0S for none",
            "websockets.check-interval=-1S | websockets.check-interval | such as 1M",
            "redis.command-timeout=0S      | redis.command-timeout | such as 2S",
            "redis.command-timeout=-2S     | redis.command-timeout | such as 2S",
            "redis.replicas=-1             | redis.replicas        | 0 for none",
            "redis.replicas-timeout=0S     | redis.replicas-timeout | such as 500MS",
            "redis.replicas-timeout=PT0.0001S | redis.replicas-timeout | such as 500MS",
            "near-cache.max-sessions=0     | near-cache.max-sessions | such as 100000",
            "near-cache.max-size=0         | near-cache.max-size   | such as 64M",
            "near-cache.max-silence=0S     | near-cache.max-silence | such as 1S",
            "near-cache.max-silence=-1S    | near-cache.max-silence | such as 1S",
            "near-cache.max-silence=PT0.049S | near-cache.max-silence | such as 1S",
            "notices.link-lifetime=0S      | notices.link-lifetime | such as 7D",
            "devices.page-size=0           | devices.page-size     | such as 20",
            "devices.page-size=1001        | devices.page-size     | such as 20",
            "max-size=0                    | max-size              | such as 64K",
            "memory.max-sessions=0         | memory.max-sessions   | such as 100000" })
    void aNumberOrDurationThatCannotWorkFailsTheStart(String setting, String property, String mend) {
        assertRefused(true, property, mend, setting);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "cookie.name=a b               | cookie.name            | letters, digits",
            "cookie.name=a;b               | cookie.name            | letters, digits",
            "cookie.name=sitzung-ä         | cookie.name            | letters, digits",
            "cookie.path=app               | cookie.path            | such as /",
            "cookie.path=/a;Domain=evil    | cookie.path            | such as /",
            "cookie.domain=a b             | cookie.domain          | such as example.org",
            "cookie.domain=https://example.org | cookie.domain      | without scheme, port, path",
            "cookie.domain=example.org:8080 | cookie.domain         | without scheme, port, path",
            "cookie.domain=*.example.org   | cookie.domain          | wildcard",
            "cookie.domain=example.org/app | cookie.domain          | without scheme, port, path",
            "cookie.domain=example.org.    | cookie.domain          | such as example.org",
            "cookie.domain=a..b            | cookie.domain          | such as example.org",
            "cookie.domain=.               | cookie.domain          | such as example.org",
            "cookie.domain=-a.b            | cookie.domain          | such as example.org",
            "cookie.domain=bücher.example  | cookie.domain          | such as example.org",
            "cookie.domain=example.org;Path=/x | cookie.domain      | such as example.org",
            "bearer.response-header=X: Y   | bearer.response-header | letters, digits",
            "include-paths=account         | include-paths          | /account/*",
            "include-paths=/a*             | include-paths          | /account/*",
            "include-paths=/a/*/b          | include-paths          | /account/*",
            "exclude-paths=/ok,*           | exclude-paths          | /account/*",
            "csrf.header=X: Y              | csrf.header            | letters, digits",
            "csrf.trusted-origins=app.example.org          | csrf.trusted-origins | https://app.example.org",
            "csrf.trusted-origins=https://app.example.org/ | csrf.trusted-origins | without a path",
            "csrf.trusted-origins=https://*.example.org    | csrf.trusted-origins | https://app.example.org",
            "csrf.trusted-origins=https://a.b,null         | csrf.trusted-origins | https://app.example.org",
            "csrf.exempt-paths=hook        | csrf.exempt-paths      | /account/*",
            "csrf.exempt-paths=/ok,/a;b/*  | csrf.exempt-paths      | semicolon",
            "csrf.exempt-paths=/a%2Fb      | csrf.exempt-paths      | semicolon",
            "include-paths=/a//b           | include-paths          | semicolon",
            "include-paths=/a/../b/*       | include-paths          | semicolon",
            "exclude-paths=/a%zz           | exclude-paths          | semicolon",
            "exclude-paths=/a%C3/*         | exclude-paths          | semicolon",
            "devices.stylesheet=theme.css  | devices.stylesheet     | such as /style.css",
            "devices.stylesheet=//cdn.example.org/a.css | devices.stylesheet | such as /style.css",
            "devices.stylesheet=https:/a.css | devices.stylesheet   | such as /style.css",
            "devices.stylesheet=data:text/css | devices.stylesheet  | such as /style.css",
            "devices.stylesheet=/a.css;script-src * | devices.stylesheet | such as /style.css",
            "devices.stylesheet=https://a;b/c.css | devices.stylesheet | such as /style.css",
            "redis.key-prefix={tag}        | redis.key-prefix       | such as imsession",
            "redis.key-prefix=a}           | redis.key-prefix       | such as imsession" })
    void aTextThatCannotWorkFailsTheStart(String setting, String property, String mend) {
        assertRefused(true, property, mend, setting);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "cookie.domain=example.org     | device-bound.enabled  | remove one",
            "cookie.partitioned=true       | device-bound.enabled  | remove one",
            "device-bound.cookie-lifetime=0S | device-bound.cookie-lifetime | such as 10M",
            "device-bound.cookie-lifetime=25H | device-bound.cookie-lifetime | such as 10M",
            "device-bound.grace=-1S        | device-bound.grace    | such as 10S",
            "device-bound.grace=25H        | device-bound.grace    | such as 10S",
            "device-bound.path=devices     | device-bound.path     | /device-session",
            "device-bound.path=/           | device-bound.path     | /device-session",
            "device-bound.path=/a/         | device-bound.path     | /device-session",
            "device-bound.path=/a/*        | device-bound.path     | /device-session",
            "device-bound.path=/a;b        | device-bound.path     | /device-session",
            "device-bound.path=/a b        | device-bound.path     | /device-session",
            "device-bound.required-for=pay | device-bound.required-for | /account/*" })
    void sessionsThatCouldNotBeBoundFailTheStart(String setting, String property, String mend) {
        assertRefused(true, property, mend, setting, "device-bound.enabled=true");
    }

    @Test
    void sessionsOfClientsWithoutCookiesCannotBeBound() {
        ImSessionConfig config = config("device-bound.enabled=true");
        assertThatThrownBy(() -> DeviceBoundChecks.checkCookies(config, false)).isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("quarkus.imsession.device-bound.enabled", "quarkus.imsession.resolvers");
        assertThatCode(() -> DeviceBoundChecks.checkCookies(config, true)).doesNotThrowAnyException();
        assertThatCode(() -> DeviceBoundChecks.checkCookies(config(), false)).doesNotThrowAnyException();
    }

    @Test
    void pathsThatNobodyCouldUseFailTheStart() {
        assertRefused(true, "device-bound.required-for", "device-bound.enabled=true", "device-bound.required-for=/pay");
    }

    @Test
    void aBlankFieldForTheCsrfTokenFailsTheStart() {
        assertRefused(true, "csrf.field", "such as csrf-token", "csrf.field=  ");
    }

    @Test
    void aLimitThatCannotBeKeptFailsTheStart() {
        String max = "references.\"user_id\".max-sessions";
        assertRefused(true, max, "such as 3", max + "=0");
        assertRefused(true, max, "such as 3", max + "=-1");
        assertRefused(true, max, "remove quarkus.imsession.references.\"user_id\".indexed=false", max + "=3",
                "references.\"user_id\".indexed=false");
    }

    @Test
    void aLimitWithAStoreOfTheApplicationFailsTheStart() {
        String max = "references.\"user_id\".max-sessions";
        assertThatThrownBy(() -> ApplicationStoreChecks.check(config(max + "=3"), true, false))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("quarkus.imsession." + max + " is set").hasMessageContaining("SessionStore");
        assertThatCode(() -> ApplicationStoreChecks.check(config("references.\"user_id\".indexed=true"), true, false))
                .doesNotThrowAnyException();
    }

    @Test
    void aWaitForReplicasThatIsNoShorterThanACommandFailsTheStart() {
        assertRefused(true, "redis.replicas-timeout", "command-timeout", "redis.replicas=1", "redis.replicas-timeout=2S");
        assertRefused(true, "redis.replicas-timeout", "command-timeout", "redis.replicas=1", "redis.command-timeout=500MS");
        // Nothing waits.
        assertThatCode(() -> check(true, "redis.command-timeout=100MS")).doesNotThrowAnyException();
        assertThatCode(() -> check(true, "redis.replicas=1")).doesNotThrowAnyException();
    }

    @Test
    void aPageOfDevicesThatCannotFindAnyFailsTheStart() {
        String indexed = "references.\"principal\".indexed";
        assertThatCode(() -> DevicesChecks.checkPage(config(indexed + "=true"), true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> DevicesChecks.checkPage(config(indexed + "=true"), false))
                .isInstanceOf(ConfigurationException.class).hasMessageStartingWith("quarkus.imsession.devices.path is set")
                .hasMessageContaining("IndexedSessionStore");
        assertThatThrownBy(() -> DevicesChecks.checkPage(config(indexed + "=false"), true))
                .isInstanceOf(ConfigurationException.class).hasMessageStartingWith("quarkus.imsession." + indexed)
                .hasMessageContaining("leave it out");
    }

    @Test
    void noticesThatCouldTellNothingFailTheStart() {
        String indexed = "references.\"principal\".indexed=true";
        String agent = "client.record-user-agent=true";
        assertThatCode(() -> DevicesChecks.checkNotices(config(indexed, agent), true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> DevicesChecks.checkNotices(config(indexed), true)).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("quarkus.imsession.notices.enabled").hasMessageContaining("record-user-agent=true");
        assertThatThrownBy(() -> DevicesChecks.checkNotices(config(indexed, agent), false))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("IndexedSessionStore");
        assertThatThrownBy(() -> DevicesChecks.checkNotices(config(agent), true)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("leave it out");
    }

    @Test
    void replicasWithAStoreOfTheApplicationFailTheStart() {
        assertThatThrownBy(() -> ApplicationStoreChecks.check(config("redis.replicas=1"), true, false))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("quarkus.imsession.redis.replicas is set").hasMessageContaining("SessionStore");
    }

    @Test
    void rolesThatMayActNeedLogInsAndAStoreThatFindsSessions() {
        ImSessionConfig roles = config("acting.roles=support");
        assertThat(roles.referenceFields()).containsExactly("acted_by");
        assertThat(config("timeout=1H").referenceFields()).isEmpty();
        assertThatThrownBy(() -> ActingChecks.check(roles, false, true)).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("quarkus.imsession.acting.roles ").hasMessageContaining("security.enabled=true");
        assertThatThrownBy(() -> ActingChecks.check(roles, true, false)).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("quarkus.imsession.acting.roles ").hasMessageContaining("IndexedSessionStore");
        assertThatCode(() -> ActingChecks.check(roles, true, true)).doesNotThrowAnyException();
        assertThatCode(() -> ActingChecks.check(config("timeout=1H"), false, false)).doesNotThrowAnyException();
    }

    @Test
    void aReferenceThatTheStoreOfTheApplicationDoesNotFindFailsTheStart() {
        String indexed = "references.\"user_id\".indexed";
        assertThatThrownBy(() -> ApplicationStoreChecks.check(config(indexed + "=true"), false, false))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("quarkus.imsession." + indexed + " is true")
                .hasMessageContaining("let it implement IndexedSessionStore");
        // Log-ins set this one.
        for (String setting : List.of(indexed + "=false", "references.\"principal\".indexed=true")) {
            assertThatCode(() -> ApplicationStoreChecks.check(config(setting), false, false)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "localhost:6379", "redis:6379", "//localhost:6379", "http://localhost:6379", "redis:///0",
            "redis://my_redis:6379", "redis-sentinel://localhost", "unix:run/redis.sock", "localhost" })
    void anAddressThatTheRedisClientCannotUseFailsTheStart(String address) {
        assertThatThrownBy(() -> RedisChecks.checkHosts("quarkus.redis.cache.hosts", hosts(address)))
                .isInstanceOf(ConfigurationException.class).hasMessageStartingWith("quarkus.redis.cache.hosts has an address")
                .hasMessageContaining("redis://localhost:6379");
        assertThatThrownBy(() -> RedisChecks.checkHosts("quarkus.redis.cache.hosts",
                hosts("redis://localhost:6379", address))).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void settingsOfRedisAreOnlyLookedAtIfSessionsAreThere() {
        ImSessionConfig config = config("redis.key-prefix={", "redis.command-timeout=0S", "redis.replicas=-1",
                "redis.replicas-timeout=0S");
        assertThatCode(() -> ConfigChecks.check(config, true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> RedisChecks.check(config.redis())).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void passwordOfAnAddressIsNotRepeated() {
        assertThatThrownBy(() -> RedisChecks.checkHosts("quarkus.redis.hosts", hosts("http://ada:s3cret@localhost")))
                .hasMessageNotContaining("s3cret").hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = { "redis://localhost", "redis://localhost:6379/3", "rediss://:s3cret@redis.example.org:6380",
            "redis://ada:s3cret@[::1]:6379?db=3", "unix:///run/redis.sock", "redis://10.0.0.1" })
    void anAddressThatTheRedisClientCanUseIsAccepted(String address) {
        assertThatCode(() -> RedisChecks.checkHosts("quarkus.redis.hosts", hosts(address))).doesNotThrowAnyException();
        assertThatCode(() -> new RedisURI(address)).doesNotThrowAnyException();
    }

    private static Set<URI> hosts(String... addresses) {
        return Arrays.stream(addresses).map(URI::create).collect(Collectors.toSet());
    }

    @Test
    void aLimitAloneMakesItsFieldAReferenceAndRefuses() {
        ImSessionConfig config = config("references.\"user_id\".max-sessions=3");
        ConfigChecks.check(config, true);
        assertThat(config.referenceFields()).containsExactly("user_id");
        assertThat(config.references().get("user_id").onLimit()).isEqualTo(ReferenceConfig.OnLimit.REJECT);
        assertThat(config("references.\"user_id\".indexed=true").references().get("user_id").maxSessions()).isEmpty();
        assertThat(config("references.\"user_id\".on-limit=destroy-oldest").references().get("user_id").onLimit())
                .isEqualTo(ReferenceConfig.OnLimit.DESTROY_OLDEST);
    }

    @Test
    void aCookieNameThatIsTooLongFailsTheStart() {
        assertRefused(true, "cookie.name", "256", "cookie.name=" + "x".repeat(257));
        assertThatCode(() -> check(true, "cookie.name=" + "x".repeat(256))).doesNotThrowAnyException();
    }

    @Test
    void aShortSigningKeyFailsTheStartAndIsNotRepeated() {
        String key = "0123456789012345678901234567890";

        assertRefused(true, "signing.keys", "at least 32", "signing.keys=" + "x".repeat(32) + "," + key);
        assertThatThrownBy(() -> check(true, "signing.keys=" + key)).hasMessageNotContaining(key);
        assertThatCode(() -> check(true, "signing.keys=" + key + "x")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = { "include-paths=/,/account/*,/*", "exclude-paths=/a.html", "cookie.path=/app/",
            "cookie.domain=.example.org",
            "cookie.domain=localhost", "cookie.domain=10.0.0.1", "cookie.domain=my_host.example", "timeout=400D",
            "timeout=1S,renewal.grace=0S", "cookie.name=__Host-sid", "redis.key-prefix=my:app",
            "absolute-timeout=1S", "renewal.touch-interval=1S", "csrf.mode=origin", "csrf.exempt-paths=/hook,/hooks/*",
            "include-paths=/café/*,/caf%c3%a9,/a b,/a%20b", "exclude-paths=/.well-known/*,/a.b/...",
            "csrf.trusted-origins=https://app.example.org,http://localhost:8080,HTTPS://[::1]:8443" })
    void whatCanWorkIsAccepted(String settings) {
        String[] each = settings.contains("grace") ? settings.split(",") : new String[] { settings };

        assertThatCode(() -> check(true, each)).doesNotThrowAnyException();
    }

    @Test
    void aJournalThatCannotBeKeptFailsTheStart() {
        String on = "journal.enabled=true";
        String index = "references.\"principal\".indexed=true";
        assertThatCode(() -> check(true, on, index)).doesNotThrowAnyException();
        assertThatCode(() -> check(true, "journal.fields=never", "journal.max-entries=0")).doesNotThrowAnyException();
        assertRefused(true, "journal.fields", "set quarkus.imsession.references.\"principal\".indexed=true", on);
        assertRefused(true, "journal.fields", "\"user_id\".indexed=true", on, index, "journal.fields=principal,user_id");
        assertRefused(true, "journal.max-entries", "such as 1000", on, index, "journal.max-entries=0");
        assertRefused(true, "journal.max-entries", "such as 1000", on, index, "journal.max-entries=10001");
        assertRefused(true, "journal.max-age", "such as 90D", on, index, "journal.max-age=0.9S");
        assertRefused(true, "journal.max-age", "such as 90D", on, index, "journal.max-age=4000D");
        assertThatThrownBy(() -> ApplicationStoreChecks.check(config(on, index), true, false))
                .isInstanceOf(ConfigurationException.class).hasMessageStartingWith("quarkus.imsession.journal.enabled ")
                .hasMessageContaining("JournalStore");
        assertThatCode(() -> ApplicationStoreChecks.check(config(on, index), true, true)).doesNotThrowAnyException();
    }

    private static void assertRefused(boolean secure, String property, String mend, String... settings) {
        assertThatThrownBy(() -> check(secure, settings)).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("quarkus.imsession." + property + " ").hasMessageContaining(mend);
    }

    private static void check(boolean secure, String... settings) {
        ImSessionConfig config = config(settings);
        ConfigChecks.check(config, secure);
        RedisChecks.check(config.redis());
        PathChecks.check(config);
    }

    static ImSessionConfig config(String... settings) {
        Map<String, String> values = new HashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            values.put("quarkus.imsession." + setting.substring(0, equals), setting.substring(equals + 1));
        }
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(ImSessionConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100)).build().getConfigMapping(ImSessionConfig.class);
    }
}
