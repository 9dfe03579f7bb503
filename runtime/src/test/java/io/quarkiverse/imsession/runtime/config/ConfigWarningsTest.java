package io.quarkiverse.imsession.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.cors.CORSConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class ConfigWarningsTest {

    @Test
    void theDefaultsNeedNoWarning() {
        assertThat(warnings(ConfigChecksTest.config())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "timeout=30                    | timeout is PT30S               | 30M",
            "timeout=60                    | timeout is PT1M                | 30M",
            "timeout=120S                  | timeout is PT2M                | 30M",
            "timeout=1S,renewal.grace=0S   | timeout is PT1S                | 30M",
            "absolute-timeout=23H          | absolute-timeout is PT23H      | timeout",
            "timeout=2H,absolute-timeout=1H | absolute-timeout is PT1H      | quarkus.imsession.timeout, which is longer (PT2H)",
            "timeout=4M,absolute-timeout=4M  | absolute-timeout is PT4M     | 12H",
            "renewal.interval=15          | renewal.interval is PT15S       | 15M",
            "renewal.interval=59S          | renewal.interval is PT59S      | 15M",
            "renewal.interval=1H,renewal.mode=touch | renewal.interval is PT1H   | set quarkus.imsession.renewal.mode=rotate",
            "renewal.interval=1H,renewal.mode=none  | renewal.interval is PT1H   | set quarkus.imsession.renewal.mode=rotate",
            "csrf.enabled=false,csrf.mode=both | csrf.enabled is false      | set quarkus.imsession.csrf.enabled=true",
            "csrf.enabled=false,csrf.mode=token | csrf.enabled is false     | set quarkus.imsession.csrf.enabled=true",
            "csrf.exempt-paths=/*          | csrf.exempt-paths is /*        | such as /hooks/*",
            "renewal.touch-interval=5MS            | renewal.touch-interval is PT0.005S     | such as 1M",
            "renewal.grace=10M             | renewal.grace is PT10M         | 1M",
            "redis.command-timeout=2000    | redis.command-timeout is PT33M20S | 500MS",
            "device-bound.enabled=true,device-bound.cookie-lifetime=10 | device-bound.cookie-lifetime is PT10S | 10M",
            "device-bound.enabled=true,device-bound.cookie-lifetime=4M | device-bound.cookie-lifetime is PT4M | 10M",
            "device-bound.enabled=true,device-bound.cookie-lifetime=2H | device-bound.cookie-lifetime is PT2H | 10M",
            "max-size=64                   | max-size is 64 bytes           | 64K",
            "references.\"user_id\".on-limit=destroy-oldest | references.\"user_id\".on-limit is destroy-oldest | max-sessions" })
    void settingThatIsHardlyMeantIsToldWithItsValueAndTheMend(String settings, String value, String mend) {
        ImSessionConfig config = ConfigChecksTest.config(settings.split(","));
        assertThatCode(() -> ConfigChecks.check(config, true)).doesNotThrowAnyException();
        assertThat(warnings(config))
                .anySatisfy(warning -> assertThat(warning).startsWith("quarkus.imsession." + value + ": ").contains(mend));
    }

    @ParameterizedTest
    @ValueSource(strings = { "timeout=5M", "timeout=14M,absolute-timeout=11H,renewal.touch-interval=30S",
            "timeout=59M,absolute-timeout=23H,renewal.touch-interval=1M", "timeout=7D,absolute-timeout=29D", "timeout=1800",
            "timeout=10M,absolute-timeout=720",
            "absolute-timeout=24H", "renewal.touch-interval=1S", "renewal.interval=1M", "renewal.mode=none",
            "csrf.enabled=false",
            "csrf.enabled=false,csrf.mode=origin", "csrf.exempt-paths=/hooks/*", "renewal.grace=0", "renewal.grace=0S",
            "renewal.grace=1M", "redis.command-timeout=10MS",
            "device-bound.enabled=true", "device-bound.enabled=true,device-bound.cookie-lifetime=5M", "device-bound.grace=0S",
            "max-size=1K", "max-size=10M", "references.\"user_id\".max-sessions=3",
            "references.\"user_id\".max-sessions=3,references.\"user_id\".on-limit=destroy-oldest",
            "references.\"user_id\".on-limit=reject" })
    void settingThatMakesSenseNeedsNoWarning(String settings) {
        assertThat(warnings(ConfigChecksTest.config(settings.split(",")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "*", "/.*/", "https://app.example.org,*" })
    void pagesOfAnySiteThatMayReadWhatUsersSeeAreWarnedOf(String origins) {
        assertThat(cors("enabled=true", "origins=" + origins, "access-control-allow-credentials=true")).singleElement(STRING)
                .startsWith("quarkus.http.cors.access-control-allow-credentials is true").contains("name the origins");
        assertThat(cors("origins=" + origins, "access-control-allow-credentials=true")).isEmpty();
        assertThat(cors("enabled=true", "origins=" + origins)).isEmpty();
    }

    @Test
    void pagesOfNamedOriginsNeedNoWarning() {
        assertThat(cors("enabled=true", "origins=https://app.example.org", "access-control-allow-credentials=true")).isEmpty();
        assertThat(cors("enabled=true", "access-control-allow-credentials=true")).isEmpty();
    }

    @Test
    void memoryIsWarnedOfInProductionOnly() {
        assertThat(ConfigWarnings.ofMemory(LaunchMode.NORMAL)).get(STRING).contains("quarkus.imsession.store=redis");
        assertThat(ConfigWarnings.ofMemory(LaunchMode.DEVELOPMENT)).isEmpty();
        assertThat(ConfigWarnings.ofMemory(LaunchMode.TEST)).isEmpty();
    }

    @Test
    void sentinelsWhoseFailOverIsNotFollowedAreWarnedOf() {
        assertThat(ConfigWarnings.ofSentinels(true, false, "some.key")).get(STRING).contains("Set some.key=true");
        assertThat(ConfigWarnings.ofSentinels(true, true, "some.key")).isEmpty();
        assertThat(ConfigWarnings.ofSentinels(false, false, "some.key")).isEmpty();
    }

    private static List<String> warnings(ImSessionConfig config) {
        List<String> warnings = new ArrayList<>(ConfigWarnings.of(config, corsConfig(Map.of())));
        ConfigWarnings.ofRedis(config.redis()).ifPresent(warnings::add);
        return warnings;
    }

    private static List<String> cors(String... settings) {
        return ConfigWarnings.of(ConfigChecksTest.config(), corsConfig(Arrays.stream(settings).map(text -> text.split("=", 2))
                .collect(Collectors.toMap(parts -> "cors." + parts[0], parts -> parts[1]))));
    }

    private static CORSConfig corsConfig(Map<String, String> values) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(CORSConfig.class, "cors")
                .withSources(new PropertiesConfigSource(values, "test", 100)).build()
                .getConfigMapping(CORSConfig.class, "cors");
    }
}
