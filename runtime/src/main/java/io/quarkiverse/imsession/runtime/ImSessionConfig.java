package io.quarkiverse.imsession.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkus.runtime.LaunchMode;
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

    /**
     * How long a session lives after its last use. Longer is more convenient, and gives a stolen token more time.
     */
    @WithDefault("24H")
    Duration timeout();

    /**
     * How long a session lives after its creation at the most: no use extends it. OWASP and NIST ask for such a limit.
     */
    @ConfigDocDefault("no limit")
    Optional<Duration> absoluteTimeout();

    /**
     * What happens on its own to a session that is only read, once little of its lifetime is left: `rotate` starts the
     * lifetime anew and replaces the token, `touch` only starts the lifetime anew, `none` lets it expire.
     */
    @WithDefault("rotate")
    Renewal renewal();

    /**
     * The part of the lifetime below which that happens, between 0 and 1.
     */
    @WithDefault("0.33")
    double renewalThreshold();

    /**
     * How long the old token stays valid after it was replaced by `rotate`, for requests that are under way in parallel.
     */
    @WithDefault("10S")
    Duration renewalGrace();

    /**
     * Whether a session is ended when a token comes back that was replaced long ago: somebody has a copy. Off by default,
     * as whoever holds an old token could then log the user out.
     */
    @WithDefault("false")
    boolean endOnReplay();

    /**
     * Starts the lifetime of a session anew also on requests that only read, at most once in this interval. Makes the idle
     * timeout finer, at the price of one more write per interval.
     */
    @ConfigDocDefault(value = "only when `renewal-threshold` is reached", escape = false)
    Optional<Duration> touchInterval();

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
     * The only paths that have sessions: exact (`/account`) or by prefix (`/account/*`), with `quarkus.http.root-path`.
     * Naming a path here also gives sessions to static resources and to Quarkus' own endpoints under it.
     */
    @ConfigDocDefault(value = "all but static resources and the non-application endpoints (`/q`)", escape = false)
    Optional<List<String>> includePaths();

    /**
     * Paths that have no sessions: exact or by prefix, as above. They win over `include-paths`.
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

    /** A field by which sessions are found. */
    interface ReferenceConfig {

        /**
         * Whether sessions are found by this field.
         */
        @WithDefault("true")
        boolean indexed();

        /**
         * The most sessions that a value of this field may have, as in "three log-ins of a user". It holds at any time,
         * however many log in at the same moment and whatever crashes. Lowering it leaves the sessions there are, until others
         * want to be made.
         */
        @ConfigDocDefault("unlimited")
        OptionalInt maxSessions();

        /**
         * What happens to a session beyond `max-sessions`: `reject` stores nothing and answers 409, `end-oldest` makes room by
         * ending the sessions that were created first.
         */
        @WithDefault("reject")
        OnLimit onLimit();
    }

    /** What to do with a session beyond the limit. */
    enum OnLimit {
        /** Refuse it. */
        REJECT,
        /** End the oldest one of the others. */
        END_OLDEST
    }

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

        final String type;

        SiteData(String type) {
            this.type = type;
        }
    }

    /** The session cookie. */
    interface CookieConfig {

        /**
         * The name. With the prefix `__Host-` browsers refuse a cookie that another subdomain plants; it asks for `secure`,
         * the path `/` and no domain.
         */
        @WithDefault("connsid")
        String name();

        /**
         * The path below which browsers send it.
         */
        @WithDefault("/")
        String path();

        /**
         * The domain whose hosts it is sent to. Without it only the host that set it gets it, which is safer.
         */
        @ConfigDocDefault("the host that set it")
        Optional<String> domain();

        /**
         * Whether it is hidden from scripts. Turning this off lets any script injection steal sessions.
         */
        @WithDefault("true")
        boolean httpOnly();

        /**
         * When browsers send it on requests from other sites: `strict` never, `lax` only on following links, `none` always.
         */
        @WithDefault("lax")
        SameSite sameSite();

        /**
         * Whether it is sent over HTTPS only.
         */
        @ConfigDocDefault("true, in development and test mode false")
        Optional<Boolean> secure();

        /** Whether it is sent over HTTPS only, as it holds in this mode. */
        default boolean isSecure() {
            return secure().orElse(LaunchMode.current() == LaunchMode.NORMAL);
        }

        /**
         * Whether it is kept apart per top-level site (CHIPS), for pages embedded in others. Asks for `secure`.
         */
        @WithDefault("false")
        boolean partitioned();

        /**
         * Whether it outlives the browser.
         */
        @WithDefault("true")
        boolean persistent();
    }

    /** The SameSite attribute. */
    enum SameSite {
        /** Never from other sites. */
        STRICT("Strict"),
        /** From other sites only on following links. */
        LAX("Lax"),
        /** Always. */
        NONE("None");

        final String attribute;

        SameSite(String attribute) {
            this.attribute = attribute;
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
        boolean userAgent();

        /**
         * Whether a session keeps the IP address of the client that got its token: behind a proxy the one that the proxy tells,
         * if `quarkus.http.proxy.*` trusts it. This is personal data.
         */
        @WithDefault("false")
        boolean address();
    }

    /** Protection against cross-site request forgery. */
    interface CsrfConfig {

        /**
         * Whether requests that may change something (all but `GET`, `HEAD`, `OPTIONS` and `TRACE`), and WebSocket handshakes,
         * have to prove that they come from the application's own pages. Asked only of requests that have a session whose
         * token the browser sends by itself, as it does with cookies; those without the proof are answered with 403. Off by
         * default, as forms and scripts have to be prepared for it. Without it, nothing but the `SameSite` attribute of the
         * cookie keeps other sites from sending requests in the name of the user, and sibling subdomains are not kept from it
         * at all.
         */
        @WithDefault("false")
        @ConfigDocDefault(value = "false, with `security.enabled` true", escape = false)
        boolean enabled();

        /**
         * What is asked for: `origin`, that the headers `Sec-Fetch-Site` or `Origin` name the application; `token`, a CSRF
         * token of the session; `both`. With `origin` alone nothing has to be added to forms, but a browser or proxy that
         * removes both headers is locked out. With `token` alone, a leaked token is enough, and WebSocket handshakes are not
         * checked.
         */
        @WithDefault("both")
        CsrfMode mode();

        /**
         * The request header that carries the token.
         */
        @WithDefault("X-CSRF-Token")
        String header();

        /**
         * The field of a form that carries the token if the header is missing. It is looked for in the first 64 KB of the
         * body, so it belongs before files and long texts.
         */
        @WithDefault("csrf-token")
        String field();

        /**
         * Other origins whose pages may send requests, as in `https://app.example.org` or `https://app.example.org:8443`.
         * Every page there can then act in the name of the user. They need the token too where the mode asks for it.
         */
        Optional<List<String>> trustedOrigins();

        /**
         * Paths that are not checked: exact (`/hook`) or by prefix (`/hook/*`), with `quarkus.http.root-path`. Any site can
         * send requests to them in the name of the user.
         */
        Optional<List<String>> exemptPaths();
    }

    /** What a request has to prove. */
    enum CsrfMode {
        /** That it comes from the application's own pages. */
        ORIGIN,
        /** That its page knows the session's tokens. */
        TOKEN,
        /** Both. */
        BOTH
    }

    /** WebSockets. */
    interface WebSocketsConfig {

        /**
         * Whether the WebSockets of a session are closed, with the code 1008, when the session ends: at once if it ends in this
         * instance of the application, else after `check-interval`. Without it, whoever has logged out stays connected.
         */
        @WithDefault("true")
        boolean closeOnEnd();

        /**
         * How often the store is asked whether a session that has WebSockets here is still there: it may have ended in another
         * instance, or by its age. Costs one command per session in this interval, and one for each socket that is opened.
         * {@code 0S} never asks again.
         */
        @WithDefault("1M")
        Duration checkInterval();
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
         * The most sessions kept. Beyond it the longest unused ones are dropped.
         */
        @WithDefault("100000")
        long maxSessions();
    }
}
