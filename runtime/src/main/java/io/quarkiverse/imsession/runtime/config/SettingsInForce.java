package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The effective settings, from defaults, profiles and the environment. The Dev UI shows all of them; the log shows those that
 * affect the security of sessions (OWASP ASVS 5, V7.1.1). Each setting is listed here explicitly, so that none with a secret is
 * shown by accident: signing keys are only counted.
 */
public final class SettingsInForce {

    /** The prefixes of the names of the settings for the log. */
    private static final List<String> LOGGED = List.of("timeout", "absolute-timeout", "renewal.", "destroy-on-replay",
            "cookie.", "device-bound.enabled", "device-bound.cookie-lifetime", "security.", "acting.roles", "csrf.", "signing.",
            "websockets.close-on-end", "near-cache.enabled");

    private static final double USUAL_THRESHOLD = Double.parseDouble(RenewalConfig.USUAL_THRESHOLD);

    private final List<Setting> settings = new ArrayList<>();

    private SettingsInForce() {
    }

    /**
     * A line for the log.
     *
     * @param store where sessions are kept
     * @param resolvers how clients carry the token
     */
    public static String line(String store, String resolvers, ImSessionBuildConfig build, ImSessionConfig config) {
        Stream<Setting> logged = of(build, config, StoreSettings.NONE).stream()
                .filter(setting -> LOGGED.stream().anyMatch(setting.name()::startsWith));
        return Stream.concat(Stream.of(new Setting("store", store), new Setting("resolvers", resolvers)), logged)
                .map(setting -> setting.name() + "=" + setting.value()).collect(Collectors.joining("; ", "Sessions: ", ""));
    }

    /** All settings, those of the store among them. */
    public static List<Setting> of(ImSessionBuildConfig build, ImSessionConfig config, StoreSettings store) {
        SettingsInForce all = new SettingsInForce();
        all.lifetime(config);
        all.requests(config);
        all.references(config);
        all.cookie(config.cookie());
        all.deviceBound(config.deviceBound());
        all.add("bearer.response-header", config.bearer().responseHeader());
        all.add("client.record-user-agent", config.client().recordUserAgent());
        all.add("client.record-address", config.client().recordAddress());
        all.add("devices.path", build.devices().path(), "none");
        all.add("devices.page-size", config.devices().pageSize());
        all.add("devices.stylesheet", config.devices().stylesheet(), "none");
        all.add("devices.time-zone", config.devices().timeZone());
        all.add("notices.enabled", build.notices().enabled());
        all.add("notices.path", build.notices().path());
        all.add("notices.link-lifetime", config.notices().linkLifetime());
        all.add("security.enabled", build.security().enabled());
        all.add("security.quarkus-cookies", config.security().quarkusCookies());
        all.add("acting.roles", config.acting().roles(), "none");
        all.add("acting.forbidden-roles", config.acting().forbiddenRoles(), "none");
        all.add("acting.timeout", config.acting().timeout());
        all.csrf(config.csrf());
        all.keys("signing.keys", config.signing().keys());
        all.keys("oidc.encryption-keys", config.oidc().encryptionKeys());
        all.add("oidc.max-size", config.oidc().maxSize().asLongValue());
        all.add("oidc.refresh-timeout", config.oidc().refreshTimeout());
        all.add("oidc.retry-pause", config.oidc().retryPause());
        all.add("form.remember-parameter", config.form().rememberParameter(), "none");
        all.add("form.remembered", config.form().remembered());
        all.add("passkeys.return-parameter", config.passkeys().returnParameter(), "none");
        all.add("websockets.close-on-end", config.websockets().closeOnEnd());
        all.add("websockets.check-interval", config.websockets().checkInterval());
        all.add("metrics.enabled", build.metrics().enabled());
        all.add("health.enabled", build.health().enabled());
        all.add("tracing.session-id", config.tracing().sessionId());
        all.add("log.mdc-key", config.log().mdcKey(), "none");
        all.add("log.mdc-actor-key", config.log().mdcActorKey(), "none");
        all.settings.addAll(store.settings());
        all.add("near-cache.enabled", config.nearCache().enabled());
        all.add("near-cache.max-sessions", config.nearCache().maxSessions());
        all.add("near-cache.max-size", config.nearCache().maxSize().asLongValue());
        all.add("near-cache.max-silence", config.nearCache().maxSilence());
        all.add("journal.enabled", config.journal().enabled());
        all.add("journal.fields", config.journal().fields());
        all.add("journal.max-entries", config.journal().maxEntries());
        all.add("journal.max-age", config.journal().maxAge());
        return List.copyOf(all.settings);
    }

    /** The settings of the store in Redis. */
    public static List<Setting> ofRedis(ImSessionBuildConfig build, ImSessionConfig config) {
        return List.of(new Setting("redis.client-name", build.redis().clientName()),
                new Setting("redis.key-prefix", config.redis().keyPrefix()),
                new Setting("redis.command-timeout", text(config.redis().commandTimeout())),
                new Setting("redis.replicas", text(config.redis().replicas())),
                new Setting("redis.replicas-timeout", text(config.redis().replicasTimeout())));
    }

    /** The settings of the store in memory. */
    public static List<Setting> ofMemory(ImSessionConfig config) {
        return List.of(new Setting("memory.max-sessions", text(config.memory().maxSessions())));
    }

    private void lifetime(ImSessionConfig config) {
        add("timeout", config.timeout());
        add("absolute-timeout", config.absoluteTimeout(), "no limit");
        add("renewal.mode", config.renewal().mode());
        add("renewal.interval", config.renewal().interval(), config.renewal().threshold() == USUAL_THRESHOLD
                ? "two thirds of the timeout"
                : "timeout × (1 − renewal.threshold)");
        add("renewal.threshold", config.renewal().threshold());
        add("renewal.grace", config.renewalGraceInForce());
        add("renewal.touch-interval", config.renewal().touchInterval(), "none");
        add("destroy-on-replay", config.destroyOnReplay());
    }

    private void requests(ImSessionConfig config) {
        add("max-size", config.maxSize().asLongValue() + " bytes");
        add("include-paths", config.includePaths(), "all but static resources and Quarkus' own endpoints");
        add("exclude-paths", config.excludePaths(), "none");
        add("commit-on-server-error", config.commitOnServerError());
        add("on-store-failure", config.onStoreFailure());
        add("clear-site-data", config.clearSiteData(), "nothing");
    }

    private void references(ImSessionConfig config) {
        new TreeMap<>(config.references()).forEach((field, reference) -> {
            OptionalInt most = reference.maxSessions();
            String limit = most.isEmpty() ? "" : ", at most " + most.getAsInt() + ", then " + text(reference.onLimit());
            add("references.\"" + field + "\"", (reference.indexed() ? "indexed" : "not indexed") + limit);
        });
    }

    private void cookie(CookieConfig cookie) {
        add("cookie.name", cookie.nameInForce());
        add("cookie.path", cookie.path());
        add("cookie.domain", cookie.domain(), "none");
        add("cookie.secure", cookie.isSecure());
        add("cookie.http-only", cookie.httpOnly());
        add("cookie.same-site", cookie.sameSite());
        add("cookie.partitioned", cookie.partitioned());
        add("cookie.persistent", cookie.persistent());
    }

    private void deviceBound(DeviceBoundConfig devices) {
        add("device-bound.enabled", devices.enabled());
        add("device-bound.cookie-lifetime", devices.cookieLifetime());
        add("device-bound.grace", devices.grace());
        add("device-bound.path", devices.path());
        add("device-bound.required-for", devices.requiredFor(), "none");
    }

    private void csrf(CsrfConfig csrf) {
        add("csrf.enabled", csrf.enabled());
        add("csrf.mode", csrf.mode());
        add("csrf.header", csrf.header());
        add("csrf.field", csrf.field());
        add("csrf.trusted-origins", csrf.trustedOrigins(), "none");
        add("csrf.exempt-paths", csrf.exemptPaths(), "none");
    }

    /** Shows how many keys there are. */
    private void keys(String name, Optional<List<String>> keys) {
        add(name, keys.map(List::size).filter(size -> size > 0).map(size -> size == 1 ? "1 key" : size + " keys"), "none");
    }

    private void add(String name, Optional<?> value, String absent) {
        settings.add(new Setting(name, value.map(SettingsInForce::text).orElse(absent)));
    }

    private void add(String name, Object value) {
        settings.add(new Setting(name, text(value)));
    }

    /** A value as text, as it is written in a configuration. */
    public static String text(Object value) {
        if (value instanceof Collection<?> values) {
            return values.stream().map(SettingsInForce::text).collect(Collectors.joining(", "));
        }
        if (value instanceof Duration duration) {
            return duration.toString().substring("PT".length());
        }
        return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : value.toString();
    }
}
