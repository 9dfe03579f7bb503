package io.quarkiverse.imsession.runtime.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.runtime.config.CookieConfig.SameSite;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Refuses settings that cannot work, when the application starts. */
public final class ConfigChecks {

    private static final String PREFIX = "quarkus.imsession.";
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    /** The longest lifetime of a cookie in browsers (RFC 6265bis §5.5). */
    private static final Duration LONGEST = Duration.ofDays(400);
    private static final Duration LONGEST_ACTING = Duration.ofHours(24);
    private static final Set<String> OF_LOGINS = Set.of(ImSession.PRINCIPAL, "oidc.sub", "oidc.sid");
    private static final int SHORTEST_KEY = 32;
    /**
     * The greatest length of a domain name and the pattern of its labels (RFC 1035 §2.3), with the underscores that programs
     * accept.
     */
    private static final int LONGEST_NAME = 253;
    private static final String LABEL = "(?!-)[A-Za-z0-9_-]{1,63}(?<!-)";
    private static final Set<String> WEB_SCHEMES = Set.of("http", "https");
    private static final Set<String> REDIS_SCHEMES = Set.of("redis", "rediss");

    /** The longest time for which a bound session can be used without its device. */
    private static final Duration LONGEST_BOUND = Duration.ofDays(1);

    private static final int MOST_ENTRIES = 10_000;
    private static final Duration LONGEST_JOURNAL = Duration.ofDays(3653);
    private static final Duration SHORTEST_SILENCE = Duration.ofMillis(50);

    private ConfigChecks() {
    }

    public static void check(ImSessionConfig config, boolean secure) {
        checkDurations(config);
        checkCookie(config.cookie(), secure);
        require(isToken(config.csrf().header()), "csrf.header", "is no name of an HTTP header",
                "use letters, digits and hyphens");
        require(!config.csrf().field().isBlank(), "csrf.field", "is blank", "set the name of a form field such as csrf-token");
        checkKeys("signing.keys", config.signing().keys());
        checkOidc(config.oidc());
        requireBetween("form.remembered", config.form().remembered(), SHORTEST, LONGEST);
        require(config.form().rememberParameter().map(name -> !name.isBlank()).orElse(true), "form.remember-parameter",
                "is blank", "set the name of a form field such as remember, or leave it out");
        checkActing(config.acting());
        config.references().forEach(ConfigChecks::checkLimit);
        require(isToken(config.bearer().responseHeader()), "bearer.response-header", "is no name of an HTTP header",
                "use letters, digits and hyphens");
        require(config.maxSize().asLongValue() > 0, "max-size", "is not positive", "set a size such as 64K");
        checkNearCache(config.nearCache());
        checkDeviceBound(config.deviceBound(), config.cookie());
        checkDevices(config.devices());
        if (config.journal().enabled()) {
            checkJournal(config.journal(), config.referenceFields());
        }
        require(config.notices().linkLifetime().compareTo(SHORTEST) >= 0, "notices.link-lifetime", "is shorter than a second",
                "set a duration such as 7D");
        require(config.memory().maxSessions() > 0, "memory.max-sessions", "is not positive", "set a number such as 100000");
    }

    /**
     * Refuses to bind sessions of clients that have no cookies.
     *
     * @param cookies whether clients can carry the token in a cookie
     */
    public static void checkDevices(ImSessionConfig config, boolean cookies) {
        require(cookies || !config.deviceBound().enabled(), "device-bound.enabled",
                "is true, but quarkus.imsession.resolvers has no cookie, and only browsers with cookies bind sessions",
                "build with the resolver cookie, too, or remove the setting");
    }

    private static void checkJournal(JournalConfig journal, Set<String> references) {
        require(!journal.fields().isEmpty(), "journal.fields", "is empty",
                "name the field that tells the user, such as principal");
        journal.fields().forEach(field -> require(references.contains(field), "journal.fields",
                "has '" + field + "', by which no sessions are found", "set " + PREFIX + indexed(field)
                        + "=true, or name the field of quarkus.imsession.references that tells the user"));
        require(journal.maxEntries() >= 1 && journal.maxEntries() <= MOST_ENTRIES, "journal.max-entries",
                "is not between 1 and " + MOST_ENTRIES, "set a number such as 1000");
        require(journal.maxAge().compareTo(SHORTEST) >= 0 && journal.maxAge().compareTo(LONGEST_JOURNAL) <= 0,
                "journal.max-age",
                "is not between a second and ten years", "set a duration such as 90D");
    }

    /** Refuses settings of the store in Redis that cannot work. */
    public static void checkRedis(ImSessionConfig.RedisConfig redis) {
        Duration command = redis.commandTimeout();
        require(!command.isNegative() && command.toMillis() > 0, "redis.command-timeout", "is not positive",
                "set a duration such as 2S");
        require(redis.replicas() >= 0, "redis.replicas", "is negative",
                "set the number of replicas to wait for, such as 1, or 0 for none");
        Duration wait = redis.replicasTimeout();
        require(!wait.isNegative() && wait.toMillis() > 0, "redis.replicas-timeout", "is not positive",
                "set a duration such as 500MS");
        require(redis.replicas() == 0 || wait.compareTo(command) < 0, "redis.replicas-timeout",
                "is not shorter than quarkus.imsession.redis.command-timeout",
                "set a shorter one such as 500MS, or a longer command-timeout");
        String keyPrefix = redis.keyPrefix();
        require(!keyPrefix.isBlank() && keyPrefix.indexOf('{') < 0 && keyPrefix.indexOf('}') < 0, "redis.key-prefix",
                "is blank or has a brace, which decides the slot of a key in a Redis Cluster",
                "use a plain word such as imsession");
    }

    /**
     * Refuses settings that a store of the application does not implement. Only the built-in stores enforce limits: with
     * another store a limit would silently have no effect.
     *
     * @param finds whether the store finds sessions by references
     * @param journals whether the store keeps journals
     */
    public static void checkApplicationStore(ImSessionConfig config, boolean finds, boolean journals) {
        require(journals || !config.journal().enabled(), "journal.enabled",
                "is true, but the application has a SessionStore of its own, which keeps no journal",
                "let it implement JournalStore, and a method that produces it return a type that does, or remove the setting");
        require(config.redis().replicas() == 0, "redis.replicas",
                "is set, but the application has a SessionStore of its own, and only the built-in one waits for replicas",
                "remove it, or remove the bean");
        config.references().forEach((field, reference) -> {
            require(reference.maxSessions().isEmpty(), maxSessions(field),
                    "is set, but the application has a SessionStore of its own, and only the built-in ones keep this limit",
                    "remove it and let that store limit sessions, or remove the bean");
            // These indexes are on by default with log-ins, even if the application does not use them.
            require(finds || !reference.indexed() || OF_LOGINS.contains(field), indexed(field),
                    "is true, but the application has a SessionStore of its own, which finds no sessions by their fields",
                    "let it implement IndexedSessionStore, and a method that produces it return that type, or remove the"
                            + " settings of this field");
        });
    }

    /**
     * Refuses addresses that the Redis client cannot parse, or parses in an unexpected way.
     *
     * @param property the setting with the addresses
     */
    public static void checkRedisHosts(String property, Set<URI> hosts) {
        if (!hosts.stream().allMatch(ConfigChecks::isRedis)) {
            // The address may contain a password.
            throw new ConfigurationException(property + " has an address that the Redis client cannot use: write it as"
                    + " redis://localhost:6379, with rediss:// for TLS, or unix:///path for a socket. The name of a host has"
                    + " no underscores.");
        }
    }

    private static boolean isRedis(URI address) {
        return address.getScheme() != null && (REDIS_SCHEMES.contains(address.getScheme()) && address.getHost() != null
                || address.getScheme().equals("unix") && address.getPath() != null);
    }

    private static void checkLimit(String field, ReferenceConfig reference) {
        reference.maxSessions().ifPresent(max -> {
            require(max >= 1, maxSessions(field), "is less than 1", "set a number such as 3, or leave it out");
            require(reference.indexed(), maxSessions(field),
                    "is set, but without an index the sessions of a value cannot be counted",
                    "remove " + PREFIX + indexed(field) + "=false, or leave it out");
        });
    }

    private static String indexed(String field) {
        return "references.\"" + field + "\".indexed";
    }

    private static String maxSessions(String field) {
        return "references.\"" + field + "\".max-sessions";
    }

    private static void checkDurations(ImSessionConfig config) {
        requireBetween("timeout", config.timeout(), SHORTEST, LONGEST);
        config.absoluteTimeout().ifPresent(absolute -> {
            require(absolute.compareTo(SHORTEST) >= 0, "absolute-timeout", "is shorter than a second",
                    "set a duration such as 7D");
        });
        config.renewal().interval().ifPresent(interval -> require(interval.compareTo(SHORTEST) >= 0, "renewal.interval",
                "is shorter than a second", "set a duration such as 1H, or renewal.mode=touch to keep tokens"));
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
        require(check.isZero() || check.compareTo(SHORTEST) >= 0, "websockets.check-interval", "is shorter than a second",
                "set a duration such as 1M, or 0S for none");
    }

    private static void checkActing(ActingConfig acting) {
        requireBetween("acting.timeout", acting.timeout(), SHORTEST, LONGEST_ACTING,
                "24 hours, which nobody needs to act for a user");
        require(acting.roles().isPresent() || acting.forbiddenRoles().isEmpty(), "acting.forbidden-roles",
                "is set, but nobody may act for others", "set " + PREFIX + "acting.roles, or remove it");
    }

    /** Refuses that users act for others where nobody can log in, or where sessions are not found by those who act. */
    public static void checkActing(ImSessionConfig config, boolean logins, boolean finds) {
        if (config.acting().roles().isPresent()) {
            require(logins, "acting.roles", "is set, but users cannot log in to sessions",
                    "build with " + PREFIX + "security.enabled=true, or remove it");
            require(finds, "acting.roles",
                    "is set, but the application has a SessionStore of its own, which finds no sessions by their fields, so a"
                            + " log-out everywhere of those who act would miss some",
                    "let it implement IndexedSessionStore, and a method that produces it return that type, or remove it");
        }
    }

    private static void checkNearCache(NearCacheConfig near) {
        require(near.maxSessions() > 0, "near-cache.max-sessions", "is not positive", "set a number such as 100000");
        require(near.maxSize().asLongValue() > 0, "near-cache.max-size", "is not positive", "set a size such as 64M");
        require(near.maxSilence().compareTo(SHORTEST_SILENCE) >= 0, "near-cache.max-silence",
                "is shorter than 50 ms, so the store could not be asked for signs of life in that time",
                "set a duration such as 1S");
    }

    private static void checkDeviceBound(DeviceBoundConfig devices, CookieConfig cookie) {
        if (!devices.enabled()) {
            require(devices.requiredFor().isEmpty(), "device-bound.required-for",
                    "is set, but no session is bound to a device, so that nobody could use these paths",
                    "set quarkus.imsession.device-bound.enabled=true, or leave it out");
            return;
        }
        Duration lifetime = devices.cookieLifetime();
        require(lifetime.compareTo(SHORTEST) >= 0, "device-bound.cookie-lifetime", "is shorter than a second",
                "set a duration such as 10M");
        require(lifetime.compareTo(LONGEST_BOUND) <= 0, "device-bound.cookie-lifetime",
                "is longer than a day, so that a stolen cookie could be used for that long", "set a duration such as 10M");
        require(!devices.grace().isNegative(), "device-bound.grace", "is negative", "set a duration such as 10S");
        require(devices.grace().compareTo(LONGEST_BOUND) <= 0, "device-bound.grace",
                "is longer than a day, so that a stolen cookie could be used for that long", "set a duration such as 10S");
        require(!cookie.partitioned(), "device-bound.enabled",
                "is true, but quarkus.imsession.cookie.partitioned too, and browsers bind no partitioned cookie",
                "remove one of the settings");
        require(cookie.domain().isEmpty(), "device-bound.enabled",
                "is true, but quarkus.imsession.cookie.domain lets several hosts share sessions, and browsers bind a session for"
                        + " one host only: the others could not use it",
                "remove one of the settings");
    }

    /**
     * Refuses a page of devices that could not find any.
     *
     * @param finds whether the store finds sessions by references
     */
    public static void checkDevicesPage(ImSessionConfig config, boolean finds) {
        require(finds, "devices.path",
                "is set, but the application has a SessionStore of its own, which finds no sessions by their fields",
                "let it implement IndexedSessionStore, and a method that produces it return that type, or remove the setting");
        require(config.referenceFields().contains(ImSession.PRINCIPAL), indexed(ImSession.PRINCIPAL),
                "is false, so that the page of quarkus.imsession.devices.path would find no sessions", "leave it out");
    }

    /**
     * Refuses notices that could not tell anything.
     *
     * @param finds whether the store finds sessions by references
     */
    public static void checkNotices(ImSessionConfig config, boolean finds) {
        require(finds, "notices.enabled",
                "is true, but the application has a SessionStore of its own, which finds no sessions by their fields",
                "let it implement IndexedSessionStore, and a method that produces it return that type, or remove the setting");
        require(config.referenceFields().contains(ImSession.PRINCIPAL), indexed(ImSession.PRINCIPAL),
                "is false, so that quarkus.imsession.notices.enabled would find no sessions to compare with", "leave it out");
        require(config.client().recordUserAgent() || config.client().recordAddress(), "notices.enabled",
                "is true, but sessions record nothing of their clients, so that all look the same",
                "set quarkus.imsession.client.record-user-agent=true");
    }

    private static void checkDevices(DevicesConfig devices) {
        require(devices.pageSize() >= 1 && devices.pageSize() <= ReactiveImSessions.MAX_PAGE_SIZE, "devices.page-size",
                "is not between 1 and " + ReactiveImSessions.MAX_PAGE_SIZE, "set a number such as 20");
        devices.stylesheet().ifPresent(address -> require(isStylesheet(address), "devices.stylesheet",
                "is neither a path nor an address of the web",
                "set a path such as /style.css, or https://example.org/style.css"));
    }

    /** Whether a text is a path of this host, or an address of the web, and can be put into a header. */
    private static boolean isStylesheet(String text) {
        try {
            URI address = URI.create(text);
            return isAttribute(text) && (address.getScheme() == null ? text.startsWith("/") && !text.startsWith("//")
                    : WEB_SCHEMES.contains(address.getScheme()) && address.getHost() != null);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void checkCookie(CookieConfig cookie, boolean secure) {
        cookie.name().ifPresent(name -> checkName(name, cookie, secure));
        require(isAttribute(cookie.path()) && cookie.path().startsWith("/"), "cookie.path",
                "does not begin with a slash, or has a character that a cookie cannot have", "set a path such as /");
        cookie.domain().ifPresent(domain -> require(isDomain(domain), "cookie.domain",
                "is no name of a domain, and browsers then refuse the cookie",
                "set a name such as example.org, without scheme, port, path and wildcard, or leave it out"));
        require(secure || cookie.sameSite() != SameSite.NONE, "cookie.same-site",
                "is none, and browsers then refuse a cookie that is not Secure",
                "set quarkus.imsession.cookie.secure=true, or use lax or strict");
        require(secure || !cookie.partitioned(), "cookie.partitioned",
                "is true, and browsers then refuse a cookie that is not Secure",
                "set quarkus.imsession.cookie.secure=true, or do not partition");
    }

    private static void checkName(String name, CookieConfig cookie, boolean secure) {
        require(isToken(name) && name.length() <= 256, "cookie.name", "is no name of a cookie",
                "use up to 256 letters, digits, hyphens and underscores");
        if (name.startsWith("__Host-")) {
            require(secure, "cookie.name", "begins with __Host-, and browsers then refuse a cookie that is not Secure",
                    "set quarkus.imsession.cookie.secure=true, or choose another name");
            require(cookie.path().equals("/"), "cookie.name",
                    "begins with __Host-, and browsers then refuse a cookie whose path is not /",
                    "set quarkus.imsession.cookie.path=/, or choose another name");
            require(cookie.domain().isEmpty(), "cookie.name",
                    "begins with __Host-, and browsers then refuse a cookie with a domain",
                    "remove quarkus.imsession.cookie.domain, or choose another name");
        }
        if (name.startsWith("__Secure-")) {
            require(secure, "cookie.name", "begins with __Secure-, and browsers then refuse a cookie that is not Secure",
                    "set quarkus.imsession.cookie.secure=true, or choose another name");
        }
    }

    private static void checkOidc(OidcConfig oidc) {
        checkKeys("oidc.encryption-keys", oidc.encryptionKeys());
        require(oidc.maxSize().asLongValue() > 0, "oidc.max-size", "is not positive", "set a size such as 64K");
        require(oidc.refreshTimeout().compareTo(SHORTEST) >= 0, "oidc.refresh-timeout", "is shorter than a second",
                "set a duration such as 10S");
        require(!oidc.retryPause().isNegative(), "oidc.retry-pause", "is negative", "set a duration such as 5S");
    }

    private static void checkKeys(String name, Optional<List<String>> keys) {
        for (String key : keys.orElse(List.of())) {
            require(key.length() >= SHORTEST_KEY, name, "has a key of " + key.length() + " characters",
                    "use at least " + SHORTEST_KEY + " random characters for each, as made by: openssl rand -base64 32");
        }
    }

    private static void requireBetween(String key, Duration value, Duration min, Duration max) {
        requireBetween(key, value, min, max, "400 days, which no browser keeps a cookie for");
    }

    /** @param longest {@code max} in words, and the reason for it */
    private static void requireBetween(String key, Duration value, Duration min, Duration max, String longest) {
        require(value.compareTo(min) >= 0, key, "is shorter than a second", "set a duration such as 24H");
        require(value.compareTo(max) <= 0, key, "is longer than " + longest, "set a shorter duration");
    }

    /** Whether a text is a token of RFC 9110 §5.6.2, as the names of headers and cookies are. */
    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c < 0x7f && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0));
    }

    /** Whether a text is a domain name. A dot before it is allowed, as browsers ignore it. */
    private static boolean isDomain(String text) {
        String name = text.startsWith(".") ? text.substring(1) : text;
        return name.length() <= LONGEST_NAME && name.matches(LABEL + "(\\." + LABEL + ")*");
    }

    private static boolean isAttribute(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ';' && c != ',');
    }

    /** @param key the name of the setting without {@code quarkus.imsession.} */
    public static void require(boolean ok, String key, String problem, String mend) {
        if (!ok) {
            throw new ConfigurationException(PREFIX + key + " " + problem + ": " + mend + ".");
        }
    }
}
