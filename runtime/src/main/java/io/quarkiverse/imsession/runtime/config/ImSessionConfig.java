package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The settings that are read when the application starts. */
@ConfigMapping(prefix = "quarkus.imsession")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface ImSessionConfig {

    /** The default grace period. Browsers write cookies to disk within half of it. */
    Duration MINUTE = Duration.ofMinutes(1);

    /**
     * How long a session lives after its last use. A longer timeout is more convenient, but a stolen token can be used for
     * longer. A number without a unit is seconds.
     */
    @WithDefault("24H")
    Duration timeout();

    /** How long a session lives after its creation at most, however much it is used. OWASP and NIST recommend such a limit. */
    @ConfigDocDefault("no limit")
    Optional<Duration> absoluteTimeout();

    /** The timed renewal of sessions and their tokens. */
    RenewalConfig renewal();

    /** The grace period: the configured value, or the default. */
    default Duration renewalGraceInForce() {
        return renewal().grace().orElseGet(() -> timeout().compareTo(MINUTE) < 0 ? timeout() : MINUTE);
    }

    /**
     * Whether a session is ended when a client presents an old token whose successor was used after the grace period, as then a
     * copy of the old token exists. Off by default, as anyone with an old token could then log the user out.
     */
    @WithDefault("false")
    boolean destroyOnReplay();

    /**
     * The fields by which sessions are found, for example all sessions whose `user_id` is 7. Their values must be strings,
     * numbers, booleans, UUIDs or enums.
     */
    @ConfigDocMapKey("field")
    Map<String, ReferenceConfig> references();

    /** The names of the fields by which sessions are found. */
    default Set<String> referenceFields() {
        Stream<String> ofActing = acting().roles().stream().map(roles -> ImSession.ACTED_BY);
        return Stream.concat(ofActing, references().entrySet().stream().filter(entry -> entry.getValue().indexed())
                .map(Map.Entry::getKey)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The greatest size of the data of a session, names and values together, with its flash values. A change that makes the
     * data larger throws an exception. A number without a unit is bytes.
     */
    @WithDefault("64K")
    MemorySize maxSize();

    /**
     * The only paths that have sessions: exact (`/account`) or by prefix (`/account/*`, also `/account` itself), including
     * `quarkus.http.root-path`. Static resources and Quarkus' own endpoints below a path that is named here have sessions too.
     * An exact path matches with and without a trailing slash. An ambiguous path (`/account;a`, `//account`) always has a
     * session.
     */
    @ConfigDocDefault(value = "all but static resources and the non-application endpoints (`/q`)", escape = false)
    Optional<List<String>> includePaths();

    /**
     * Paths that have no sessions: exact or by prefix, as above. They take precedence over `include-paths`. Case and a trailing
     * slash count. An ambiguous path is never excluded.
     */
    Optional<List<String>> excludePaths();

    /** Whether changes are stored even if the response has a status of 500 or more. */
    @WithDefault("false")
    boolean commitOnServerError();

    /**
     * The handling of a request with a token if the store cannot be reached. `fail`: the request is answered with 503.
     * `anonymous`: the request goes on without a session, and cannot change it. A request whose change cannot be stored is
     * always answered with 503.
     */
    @WithDefault("fail")
    OnStoreFailure onStoreFailure();

    /**
     * The data that the browser is asked to delete when the application ends its session, with the header `Clear-Site-Data`:
     * `cache`, `storage` (local storage, IndexedDB, service workers) and `cookies`, which are all cookies of the registrable
     * domain, including those of other applications. Browsers ignore the header without HTTPS.
     */
    @ConfigDocDefault("nothing")
    Optional<List<SiteData>> clearSiteData();

    /**
     * The session cookie.
     */
    CookieConfig cookie();

    /**
     * The `bearer` resolver.
     */
    BearerConfig bearer();

    /** The data about clients that sessions keep, for a page of devices. */
    ClientConfig client();

    /** A page on which users see where they are logged in, with `devices.path`. */
    DevicesConfig devices();

    /** Notices of log-ins from new clients, with `notices.enabled`. */
    NoticesConfig notices();

    /**
     * Protection against cross-site request forgery.
     */
    CsrfConfig csrf();

    /**
     * WebSockets, with the extension `quarkus-websockets-next`.
     */
    WebSocketsConfig websockets();

    /** Sessions in the memory of the application. */
    NearCacheConfig nearCache();

    /** Sessions that are bound to the device of their browser. */
    DeviceBoundConfig deviceBound();

    /** The journal of each user: what happened to the user's sessions. */
    JournalConfig journal();

    /**
     * Signatures of tokens.
     */
    SigningConfig signing();

    /**
     * Log-ins with Quarkus Security.
     */
    SecurityConfig security();

    /**
     * Users who act for others, with `security.enabled`.
     */
    ActingConfig acting();

    /**
     * Log-ins by OpenID Connect, with `security.enabled` and the extension `quarkus-oidc`.
     */
    OidcConfig oidc();

    /**
     * Log-ins by the form of Quarkus, with `security.enabled` and `quarkus.http.auth.form.enabled`.
     */
    FormConfig form();

    /**
     * Log-ins by passkeys, with `security.enabled` and the extension `quarkus-security-webauthn`.
     */
    PasskeysConfig passkeys();

    /**
     * Traces.
     */
    TracingConfig tracing();

    /**
     * The log.
     */
    LogConfig log();

    /**
     * Redis, if sessions are kept there.
     */
    RedisConfig redis();

    /**
     * Memory, if sessions are kept there.
     */
    MemoryConfig memory();

    /** The effect of a timed renewal. */
    enum Renewal {
        /** Extends the lifetime and replaces the token. */
        ROTATE,
        /** Extends the lifetime only. */
        TOUCH,
        /** No timed renewal. */
        NONE
    }

    /** The handling of requests if the store cannot be reached. */
    enum OnStoreFailure {
        /** Answer 503. */
        FAIL,
        /** Go on without a session. */
        ANONYMOUS
    }

    /** The kinds of data that a browser keeps for an application. */
    enum SiteData {
        /** Cached responses. */
        CACHE("cache"),
        /** All cookies of the registrable domain. */
        COOKIES("cookies"),
        /** The data that scripts have stored. */
        STORAGE("storage");

        public final String type;

        SiteData(String type) {
            this.type = type;
        }
    }

    /** The bearer resolver. */
    interface BearerConfig {

        /**
         * The response header that hands the token to the client.
         */
        @WithDefault("X-Session-Token")
        String responseHeader();
    }

    /** Traces of OpenTelemetry. */
    interface TracingConfig {

        /**
         * Whether the span of a request has the id of its session as attribute `session.id`, if the application has
         * `quarkus-opentelemetry`. The id gives no access to the session, but readers of the traces can see which requests
         * belong to the same user.
         */
        @WithDefault("false")
        boolean sessionId();
    }

    /** The log of the application. */
    interface LogConfig {

        /**
         * The key of the diagnostic context (MDC) that has the id of the session while a request is handled. With the key
         * `session`, a log format refers to it as `%X{session}`. The id gives no access to the session, but readers of the log
         * can see which lines belong to the same user.
         */
        @ConfigDocDefault("none")
        Optional<String> mdcKey();

        /**
         * The key of the diagnostic context (MDC) that has the name of the user who acts for the user of the session, while a
         * request is handled in which somebody does. It is personal data.
         */
        @ConfigDocDefault("none")
        Optional<String> mdcActorKey();
    }

    /** The data about clients that sessions keep. */
    interface ClientConfig {

        /**
         * Whether a session keeps the `User-Agent` header of the client that got its token. This is personal data.
         */
        @WithDefault("false")
        boolean recordUserAgent();

        /**
         * Whether a session keeps the IP address of the client that got its token. Behind a proxy this is the address that the
         * proxy forwards, if `quarkus.http.proxy.*` trusts it. This is personal data.
         */
        @WithDefault("false")
        boolean recordAddress();
    }

    /** Signatures of tokens. */
    interface SigningConfig {

        /**
         * The secret keys, of at least 32 characters each, that sign tokens (HMAC-SHA-256). A forged token is then refused
         * without a request to the store. The first key signs, all keys verify: to rotate keys, put the new key first, and
         * remove the old one when no client uses it any more.
         */
        Optional<List<String>> keys();
    }

    /** Redis. */
    interface RedisConfig {

        /** The prefix of the keys of sessions in Redis. Applications that share a Redis need different prefixes. */
        @WithDefault("imsession")
        String keyPrefix();

        /** How long a command may take, including the time to connect. After this time the request is answered with 503. */
        @WithDefault("2S")
        Duration commandTimeout();

        /**
         * How many replicas of Redis must have a change before it counts as stored (`WAIT`). If fewer have it within
         * `replicas-timeout`, the request is answered with 503. A fail-over to one of these replicas then loses no change and
         * no log-out that was answered with success. With 0, nothing waits, and a fail-over may lose the last changes. Each
         * change costs one more command and the time that replicas take. While too few of them run, nothing can be changed,
         * so run at least one replica more than this number.
         */
        @WithDefault("0")
        int replicas();

        /**
         * How long Redis waits for the replicas of a change, if `replicas` is set. A change may take that much longer than
         * `command-timeout`. It must be shorter than `command-timeout`, as other commands of the connection wait, too.
         */
        @WithDefault("500MS")
        Duration replicasTimeout();
    }

    /** Memory. */
    interface MemoryConfig {

        /**
         * The greatest number of sessions in memory. If there are more, expired sessions are removed first, then the least
         * recently used ones, but never the newest session.
         */
        @WithDefault("100000")
        long maxSessions();
    }
}
