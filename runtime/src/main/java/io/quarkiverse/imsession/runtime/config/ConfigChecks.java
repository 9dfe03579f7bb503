package io.quarkiverse.imsession.runtime.config;

import static io.quarkiverse.imsession.runtime.config.Requirements.require;
import static io.quarkiverse.imsession.runtime.config.Requirements.requireBetweenSecondAnd;
import static io.quarkiverse.imsession.runtime.config.Requirements.requireSecond;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Refuses settings that cannot work, when the application starts. Features with several rules have checks of their own. */
public final class ConfigChecks {

    /** The longest lifetime of a cookie in browsers (RFC 6265bis §5.5). */
    private static final Duration LONGEST = Duration.ofDays(400);
    private static final String LONGEST_IN_WORDS = "400 days, which no browser keeps a cookie for";
    private static final int SHORTEST_KEY = 32;
    private static final Duration SHORTEST_SILENCE = Duration.ofMillis(50);

    private ConfigChecks() {
    }

    public static void check(ImSessionConfig config, boolean secure) {
        checkDurations(config);
        CookieChecks.check(config.cookie(), secure);
        require(CookieChecks.isToken(config.csrf().header()), "csrf.header", "is no name of an HTTP header",
                "use letters, digits and hyphens");
        require(!config.csrf().field().isBlank(), "csrf.field", "is blank", "set the name of a form field such as csrf-token");
        checkKeys("signing.keys", config.signing().keys());
        checkOidc(config.oidc());
        requireBetweenSecondAnd(LONGEST, "form.remembered", config.form().remembered(), LONGEST_IN_WORDS);
        require(config.form().rememberParameter().map(name -> !name.isBlank()).orElse(true), "form.remember-parameter",
                "is blank", "set the name of a form field such as remember, or leave it out");
        ActingChecks.check(config.acting());
        config.references().forEach(ReferenceChecks::check);
        require(CookieChecks.isToken(config.bearer().responseHeader()), "bearer.response-header",
                "is no name of an HTTP header",
                "use letters, digits and hyphens");
        require(config.maxSize().asLongValue() > 0, "max-size", "is not positive", "set a size such as 64K");
        checkNearCache(config.nearCache());
        DeviceBoundChecks.check(config.deviceBound(), config.cookie());
        DevicesChecks.check(config.devices());
        if (config.journal().enabled()) {
            JournalChecks.check(config.journal(), config.referenceFields());
        }
        requireSecond("notices.link-lifetime", config.notices().linkLifetime(), "set a duration such as 7D");
        require(config.memory().maxSessions() > 0, "memory.max-sessions", "is not positive", "set a number such as 100000");
    }

    private static void checkDurations(ImSessionConfig config) {
        requireBetweenSecondAnd(LONGEST, "timeout", config.timeout(), LONGEST_IN_WORDS);
        config.absoluteTimeout().ifPresent(
                absolute -> requireSecond("absolute-timeout", absolute, "set a duration such as 7D"));
        config.renewal().interval().ifPresent(interval -> requireSecond("renewal.interval", interval,
                "set a duration such as 1H, or renewal.mode=touch to keep tokens"));
        double threshold = config.renewal().threshold();
        require(threshold > 0 && threshold < 1, "renewal.threshold", "is not between 0 and 1", "set a fraction such as 0.33");
        config.renewal().grace().ifPresent(grace -> {
            require(!grace.isNegative(), "renewal.grace", "is negative", "set a duration such as 1M");
            require(grace.compareTo(config.timeout()) < 0, "renewal.grace", "is not shorter than the timeout",
                    "set a part of the timeout, a minute at most");
        });
        config.renewal().touchInterval().ifPresent(interval -> {
            require(!interval.isNegative() && !interval.isZero(), "renewal.touch-interval", "is not positive",
                    "set a duration such as 5M");
            require(interval.compareTo(config.timeout()) < 0, "renewal.touch-interval",
                    "is not shorter than quarkus.imsession.timeout",
                    "set a shorter one, or leave it out");
        });
        Duration check = config.websockets().checkInterval();
        if (!check.isZero()) {
            requireSecond("websockets.check-interval", check, "set a duration such as 1M, or 0S for none");
        }
    }

    private static void checkNearCache(NearCacheConfig near) {
        require(near.maxSessions() > 0, "near-cache.max-sessions", "is not positive", "set a number such as 100000");
        require(near.maxSize().asLongValue() > 0, "near-cache.max-size", "is not positive", "set a size such as 64M");
        require(near.maxSilence().compareTo(SHORTEST_SILENCE) >= 0, "near-cache.max-silence",
                "is shorter than 50 ms, so the store could not be asked for signs of life in that time",
                "set a duration such as 1S");
    }

    private static void checkOidc(OidcConfig oidc) {
        checkKeys("oidc.encryption-keys", oidc.encryptionKeys());
        require(oidc.maxSize().asLongValue() > 0, "oidc.max-size", "is not positive", "set a size such as 64K");
        requireSecond("oidc.refresh-timeout", oidc.refreshTimeout(), "set a duration such as 10S");
        require(!oidc.retryPause().isNegative(), "oidc.retry-pause", "is negative", "set a duration such as 5S");
    }

    private static void checkKeys(String name, Optional<List<String>> keys) {
        for (String key : keys.orElse(List.of())) {
            require(key.length() >= SHORTEST_KEY, name, "has a key of " + key.length() + " characters",
                    "use at least " + SHORTEST_KEY + " random characters for each, as made by: openssl rand -base64 32");
        }
    }
}
