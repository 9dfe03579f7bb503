package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is decided when the application starts. */
@ConfigMapping(prefix = "quarkus.imsession")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface ImSessionConfig {

    /** Browsers write cookies to disk within half of it. */
    Duration MINUTE = Duration.ofMinutes(1);

    /**
     * How long a session lives after its last use. Longer is more convenient, and gives a stolen token more time. A number
     * without a unit is seconds.
     */
    @WithDefault("24H")
    Duration timeout();

    /**
     * How long a session lives after its creation at the most: no use extends it. OWASP and NIST ask for such a limit.
     */
    @ConfigDocDefault("no limit")
    Optional<Duration> absoluteTimeout();

    /**
     * What happens to sessions and their tokens on their own.
     */
    RenewalConfig renewal();

    /** The grace period that is in force. */
    default Duration renewalGraceInForce() {
        return renewal().grace().orElseGet(() -> timeout().compareTo(MINUTE) < 0 ? timeout() : MINUTE);
    }

    /**
     * Whether a session is ended when a token comes back that was replaced by its age, and whose successor was used after the
     * grace period: somebody has a copy. Off by default, as a holder of an old token could then log the user out.
     */
    @WithDefault("false")
    boolean destroyOnReplay();

    /**
     * Fields by which sessions are found, as in "all sessions whose `user_id` is 7". Their values are strings, numbers,
     * booleans, UUIDs or enums.
     */
    @ConfigDocMapKey("field")
    Map<String, ReferenceConfig> references();

    /** The names of the fields by which sessions are found. */
    default Set<String> referenceFields() {
        return references().entrySet().stream().filter(entry -> entry.getValue().indexed()).map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The most data a session may have, names and values together. A change beyond it throws.
     */
    @WithDefault("64K")
    MemorySize maxSize();

    /**
     * The only paths that have sessions: exact (`/account`) or by prefix (`/account/*`, also `/account` itself), with
     * `quarkus.http.root-path`. Naming a path here also gives sessions to static resources and to Quarkus' own endpoints under
     * it. An exact path counts
     * with and without a slash at its end. A path that can be read in two ways (`/account;a`, `//account`) always has a
     * session.
     */
    @ConfigDocDefault(value = "all but static resources and the non-application endpoints (`/q`)", escape = false)
    Optional<List<String>> includePaths();

    /**
     * Paths that have no sessions: exact or by prefix, as above. They win over `include-paths`. Case and a slash at the end
     * count. A path that can be read in two ways is never excluded.
     */
    Optional<List<String>> excludePaths();

    /**
     * Whether changes are kept although the response has a status of 500 or more.
     */
    @WithDefault("false")
    boolean commitOnServerError();

    /**
     * What happens to a request with a token when the store cannot be reached: `fail` answers 503, `anonymous` goes on
     * without a session, for reading only. A change that cannot be stored always answers 503.
     */
    @WithDefault("fail")
    OnStoreFailure onStoreFailure();

    /**
     * What the browser is asked to forget when the application ends its session, with the header `Clear-Site-Data`: `cache`,
     * `storage` (local storage, IndexedDB, service workers) and `cookies`, which are all cookies of the registrable domain,
     * also those of other applications. Browsers obey over HTTPS only.
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

    /**
     * What sessions keep of the client that uses them, for a page of devices.
     */
    ClientConfig client();

    /**
     * Protection against cross-site request forgery.
     */
    CsrfConfig csrf();

    /**
     * WebSockets, with the extension `quarkus-websockets-next`.
     */
    WebSocketsConfig websockets();

    /**
     * Signatures of tokens.
     */
    SigningConfig signing();

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

    /** What a timed renewal does. */
    enum Renewal {
        /** Lifetime and token. */
        ROTATE,
        /** Lifetime only. */
        TOUCH,
        /** Nothing. */
        NONE
    }

    /** What to do without the store. */
    enum OnStoreFailure {
        /** Answer 503. */
        FAIL,
        /** Go on without a session. */
        ANONYMOUS
    }

    /** What a browser keeps of an application. */
    enum SiteData {
        /** Responses that it has cached. */
        CACHE("cache"),
        /** All cookies of the registrable domain. */
        COOKIES("cookies"),
        /** What scripts have stored. */
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
         * Whether the span of a request has the id of its session as attribute `session.id`, in an application that has
         * `quarkus-opentelemetry`. The id lets nobody in, but it tells which requests are of the same user to everybody who
         * reads the traces.
         */
        @WithDefault("false")
        boolean sessionId();
    }

    /** The log of the application. */
    interface LogConfig {

        /**
         * The key of the diagnostic context (MDC) under which the id of the session is found while a request is handled, as in
         * `%X{session}` of a log format. The id lets nobody in, but it tells which lines are of the same user.
         */
        @ConfigDocDefault("none")
        Optional<String> mdcKey();
    }

    /** What sessions keep of clients. */
    interface ClientConfig {

        /**
         * Whether a session keeps the `User-Agent` header of the client that got its token. This is personal data.
         */
        @WithDefault("false")
        boolean recordUserAgent();

        /**
         * Whether a session keeps the IP address of the client that got its token: behind a proxy the one that the proxy tells,
         * if `quarkus.http.proxy.*` trusts it. This is personal data.
         */
        @WithDefault("false")
        boolean recordAddress();
    }

    /** Signatures of tokens. */
    interface SigningConfig {

        /**
         * Secrets of at least 32 characters that tokens are signed with (HMAC-SHA-256), so that a forged token is refused
         * before the store is asked. The first one signs, all verify: to change keys, put the new one first and drop the old
         * one after a while.
         */
        Optional<List<String>> keys();
    }

    /** Redis. */
    interface RedisConfig {

        /**
         * What the keys of sessions begin with. Applications that share a Redis need different ones.
         */
        @WithDefault("imsession")
        String keyPrefix();

        /**
         * How long one command may take, with connecting. Then the request is answered with 503.
         */
        @WithDefault("2S")
        Duration commandTimeout();
    }

    /** Memory. */
    interface MemoryConfig {

        /**
         * The most sessions kept. Beyond it expired ones are dropped, and then the longest unused ones, never the newest.
         */
        @WithDefault("100000")
        long maxSessions();
    }
}
