package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.imsession.runtime.config.CookieConfig.Persistence;
import io.quarkiverse.imsession.runtime.config.CsrfConfig.CsrfMode;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.runtime.config.ReferenceConfig.OnLimit;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.cors.CORSConfig;

/**
 * Finds settings that work, but probably not as intended, above all numbers without a unit, which are seconds and bytes.
 * {@link ConfigChecks} refuses settings that cannot work.
 */
public final class ConfigWarnings {

    private static final Duration SHORT_LIFETIME = Duration.ofMinutes(5);
    private static final Duration SHORT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration SHORT_RENEWAL = Duration.ofMinutes(1);
    /** Chromium signs six proofs for a site in nine minutes, the first ones two minutes before a cookie expires. */
    private static final Duration SHORT_BINDING = Duration.ofMinutes(5);
    private static final Duration LONG_BINDING = Duration.ofHours(1);
    private static final Duration LONG_GRACE = Duration.ofMinutes(5);
    private static final Duration LONG_COMMAND = Duration.ofMinutes(1);
    private static final Duration LONG_SILENCE = Duration.ofSeconds(10);
    private static final long SMALL_SESSION = 1024;
    private static final long SMALL_CACHE = 1024 * 1024;

    private final List<String> warnings = new ArrayList<>();

    private ConfigWarnings() {
    }

    /** A sentence for each such setting, which names the property, its value and the correction. */
    public static List<String> of(ImSessionConfig config, CORSConfig cors) {
        ConfigWarnings found = new ConfigWarnings();
        found.look(config);
        found.look(config.csrf());
        found.look(cors);
        return found.warnings;
    }

    /** A warning if sessions that are kept in memory are those of users. */
    public static Optional<String> ofMemory(LaunchMode mode) {
        return mode == LaunchMode.NORMAL
                ? Optional
                        .of("Sessions are kept in memory: they are lost when the application stops, and other instances do not"
                                + " see them. Build with quarkus.imsession.store=redis, or depend on"
                                + " quarkus-imsession-postgresql, for production")
                : Optional.empty();
    }

    /** A warning if requests would wait long for Redis. */
    public static Optional<String> ofRedis(ImSessionConfig.RedisConfig redis) {
        return redis.commandTimeout().compareTo(LONG_COMMAND) <= 0 ? Optional.empty()
                : Optional.of(warning("redis.command-timeout", redis.commandTimeout(),
                        "requests wait so long for a Redis that hangs",
                        "a number without a unit is seconds, so write 2S, or 500MS for milliseconds"));
    }

    /**
     * A warning if a fail-over of Redis would lose more than it has to.
     *
     * @param sentinels whether Redis has Sentinels
     * @param follows whether the client follows a fail-over at once
     * @param key the setting for that
     */
    public static Optional<String> ofSentinels(boolean sentinels, boolean follows, String key) {
        return sentinels && !follows
                ? Optional.of("Sessions are kept in a Redis with Sentinels, but " + key + " is false: after a fail-over from a"
                        + " primary that still runs, changes are sent to it for some more seconds, and are lost. Set " + key
                        + "=true")
                : Optional.empty();
    }

    private void look(ImSessionConfig config) {
        switch (config.security().quarkusCookies()) {
            case SHARE -> warnings.add("quarkus.imsession.security.quarkus-cookies is share: log-ins by OIDC, the form and"
                    + " passkeys are kept in cookies of Quarkus, which nobody can end. Set it to take-over when all instances"
                    + " of the application have sessions");
            case TAKE_OVER -> warnings.add("quarkus.imsession.security.quarkus-cookies is take-over: cookies of Quarkus become"
                    + " sessions, also those that somebody has copied. Remove the setting when the last of them has expired");
            case REFUSE -> {
                // Nothing to be said.
            }
        }
        Duration timeout = config.timeout();
        warnIf(timeout.compareTo(SHORT_LIFETIME) < 0, "timeout", timeout, "a session ends after that time without use",
                "a number without a unit is seconds, so write 30M for half an hour");
        config.absoluteTimeout().ifPresent(absolute -> {
            warnIf(absolute.compareTo(SHORT_LIFETIME) < 0, "absolute-timeout", absolute,
                    "each session ends so long after its creation",
                    "a number without a unit is seconds, so write 12H for twelve hours");
            warnIf(absolute.compareTo(timeout) < 0, "absolute-timeout", absolute,
                    "quarkus.imsession.timeout, which is longer (" + timeout + "), ends no session",
                    "set a shorter timeout, or a longer absolute one");
        });
        config.renewal().interval().ifPresent(interval -> {
            warnIf(interval.compareTo(SHORT_RENEWAL) < 0, "renewal.interval", interval,
                    "each session in use gets a new token that often, for one more write each time",
                    "a number without a unit is seconds, so write 15M for a quarter of an hour");
            warnIf(config.renewal().mode() != Renewal.ROTATE, "renewal.interval", interval,
                    "tokens are not replaced by their age, as quarkus.imsession.renewal.mode is "
                            + SettingsInForce.text(config.renewal().mode()),
                    "set quarkus.imsession.renewal.mode=rotate, or remove the interval");
        });
        config.renewal().touchInterval()
                .ifPresent(interval -> warnIf(interval.compareTo(SHORT_INTERVAL) < 0, "renewal.touch-interval", interval,
                        "nearly each request with a session writes to the store", "set some seconds or minutes, such as 1M"));
        Duration grace = config.renewalGraceInForce();
        warnIf(grace.compareTo(LONG_GRACE) > 0, "renewal.grace", grace, "a copy of an old token can be used for so long",
                "set a minute, 1M");
        warnIf(config.form().rememberParameter().isPresent() && config.cookie().persistent() == Persistence.FALSE,
                "cookie.persistent", false, "users who ask to stay logged in do not, as their cookies go with the browser",
                "set quarkus.imsession.cookie.persistent=if-remembered");
        if (config.deviceBound().enabled()) {
            look(config.deviceBound(), config.cookie());
        }
        if (config.nearCache().enabled()) {
            look(config.nearCache());
        }
        warnIf(config.maxSize().asLongValue() < SMALL_SESSION, "max-size", config.maxSize().asLongValue() + " bytes",
                "hardly any data fits into a session", "a number without a unit is bytes, so write 64K");
        config.references().forEach((field, reference) -> warnIf(
                reference.onLimit() != OnLimit.REJECT && reference.maxSessions().isEmpty(),
                "references.\"" + field + "\".on-limit", "destroy-oldest", "nothing limits the sessions of a value",
                "set max-sessions of that field too, or leave it out"));
    }

    private void look(DeviceBoundConfig devices, CookieConfig cookie) {
        Duration lifetime = devices.cookieLifetime();
        warnIf(lifetime.compareTo(SHORT_BINDING) < 0, "device-bound.cookie-lifetime", lifetime,
                "browsers sign a few proofs in ten minutes and begin two minutes before the cookie expires, so users may seem to"
                        + " be logged out",
                "a number without a unit is seconds, so write 10M");
        warnIf(lifetime.compareTo(LONG_BINDING) > 0, "device-bound.cookie-lifetime", lifetime,
                "whoever steals both cookies can use them for that long", "set some minutes, such as 10M");
        warnIf(!cookie.isSecure() && LaunchMode.current() == LaunchMode.NORMAL, "cookie.secure", false,
                "browsers bind no sessions without HTTPS", "remove the setting");
    }

    private void look(NearCacheConfig near) {
        Duration silence = near.maxSilence();
        warnIf(silence.compareTo(LONG_SILENCE) > 0, "near-cache.max-silence", silence,
                "while the network hangs, a session that was ended elsewhere can be used for that long",
                "a number without a unit is seconds, so write 1S");
        warnIf(near.maxSize().asLongValue() < SMALL_CACHE, "near-cache.max-size", near.maxSize().asLongValue() + " bytes",
                "hardly any session is kept", "a number without a unit is bytes, so write 64M");
        long heap = Runtime.getRuntime().maxMemory();
        warnIf(near.maxSize().asLongValue() > heap / 2, "near-cache.max-size", near.maxSize().asLongValue() + " bytes",
                "that is more than half of the heap, which has " + heap + " bytes", "set a smaller one, or a larger heap");
    }

    private void look(CsrfConfig csrf) {
        warnIf(!csrf.enabled() && csrf.mode() != CsrfMode.ORIGIN, "csrf.enabled", false,
                "requests are not checked, though quarkus.imsession.csrf.mode is " + SettingsInForce.text(csrf.mode()),
                "set quarkus.imsession.csrf.enabled=true, or remove the mode");
        warnIf(csrf.enabled() && csrf.exemptPaths().orElse(List.of()).contains("/*"), "csrf.exempt-paths", "/*",
                "other sites can send any request in the name of the user",
                "name the paths that other sites have to call, such as /hooks/*");
    }

    private void look(CORSConfig cors) {
        boolean anyOrigin = cors.enabled()
                && cors.origins().orElse(List.of()).stream().anyMatch(origin -> origin.equals("*") || origin.equals("/.*/"));
        if (anyOrigin && cors.accessControlAllowCredentials().orElse(false)) {
            warnings.add("quarkus.http.cors.access-control-allow-credentials is true and quarkus.http.cors.origins allows all:"
                    + " pages of any site can read what the application shows to its users. If this is not meant: name the"
                    + " origins, such as https://app.example.org.");
        }
    }

    private void warnIf(boolean doubtful, String key, Object value, String effect, String mend) {
        if (doubtful) {
            warnings.add(warning(key, value, effect, mend));
        }
    }

    private static String warning(String key, Object value, String effect, String mend) {
        return "quarkus.imsession." + key + " is " + value + ": " + effect + ". If this is not meant: " + mend + ".";
    }
}
