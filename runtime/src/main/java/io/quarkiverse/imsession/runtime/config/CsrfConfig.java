package io.quarkiverse.imsession.runtime.config;

import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** Protection against cross-site request forgery. */
@ConfigGroup
public interface CsrfConfig {

    /**
     * Whether requests from pages of other sites are refused with 403, before the application sees them. All requests are
     * checked that may change something (all methods but `GET`, `HEAD`, `OPTIONS` and `TRACE`), and WebSocket handshakes, with
     * or without a session. Requests whose token must be added by a script, for example in a header, are not checked; with
     * `resolvers=bearer` alone no request is. On by default. If this is off, only the `SameSite` attribute of the cookie
     * prevents other sites from sending requests in the name of the user, and from logging visitors in to another account.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * The proof that a request must give. `origin`: the headers `Sec-Fetch-Site` or `Origin` do not name another site; requests
     * with neither header pass, as they come from no browser. `token`: the request has a CSRF token of the session, or, without
     * a session, passes the check of the origin. `both`: both proofs. With `origin`, forms need no change, but the check has no
     * effect behind a proxy that removes both headers. With `token`, an attacker needs only a leaked token, and WebSocket
     * handshakes are not checked.
     */
    @WithDefault("origin")
    CsrfMode mode();

    /**
     * The request header that carries the token.
     */
    @WithDefault("X-CSRF-Token")
    String header();

    /**
     * The form field that carries the token if the header is missing or empty. It must be within the first 64 KB of the body,
     * so put it before files and long texts.
     */
    @WithDefault("csrf-token")
    String field();

    /**
     * Other origins whose pages may send requests, such as `https://app.example.org` or `https://app.example.org:8443`. Every
     * page of these origins can then act in the name of the user, and log in. Their requests also need the token if the mode
     * requires it.
     */
    Optional<List<String>> trustedOrigins();

    /**
     * Paths that are not checked: exact (`/hook`) or by prefix (`/hook/*`, also `/hook` itself), including
     * `quarkus.http.root-path`. Any site can send requests to them in the name of the user. Use this for endpoints that other
     * sites must call, such as the return of a payment. Answers to log-ins that `quarkus-oidc` awaits in a form need no such
     * path. Case and a trailing slash count. An ambiguous path (`/hook/..;/account`) is never exempt.
     */
    Optional<List<String>> exemptPaths();

    /** The proof that a request must give. */
    enum CsrfMode {
        /** The request does not come from another site. */
        ORIGIN,
        /** The request has a CSRF token of the session; without a session, it does not come from another site. */
        TOKEN,
        /** Both proofs. */
        BOTH
    }
}
