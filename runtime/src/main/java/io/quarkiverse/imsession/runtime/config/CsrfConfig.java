package io.quarkiverse.imsession.runtime.config;

import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** Protection against cross-site request forgery. */
@ConfigGroup
public interface CsrfConfig {

    /**
     * Whether requests that other sites made a browser send are refused with 403, before the application sees them: those
     * that may change something (all but `GET`, `HEAD`, `OPTIONS` and `TRACE`), and WebSocket handshakes, with a session or
     * without one. Requests with a token that scripts have to add, as in a header, are not checked. With `resolvers=bearer`
     * alone none are. On by default. Without it, nothing but the `SameSite` attribute of the cookie keeps other
     * sites from sending requests in the name of the user, and from logging visitors in as somebody else.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * What is asked for: `origin`, that the headers `Sec-Fetch-Site` or `Origin` do not name another site, while requests
     * with neither, which come from no browser, pass; `token`, a CSRF token of the session, and the origin where there is no
     * session; `both`. With `origin` nothing has to be added to forms, but a proxy that removes both headers makes it
     * useless. With `token` a leaked token is enough, and WebSocket handshakes are not checked.
     */
    @WithDefault("origin")
    CsrfMode mode();

    /**
     * The request header that carries the token.
     */
    @WithDefault("X-CSRF-Token")
    String header();

    /**
     * The field of a form that carries the token if the header is missing or empty. It is looked for in the first 64 KB of the
     * body, so it belongs before files and long texts.
     */
    @WithDefault("csrf-token")
    String field();

    /**
     * Other origins whose pages may send requests, as in `https://app.example.org` or `https://app.example.org:8443`.
     * Every page there can then act in the name of the user, and log in. They need the token too where the mode asks for it.
     */
    Optional<List<String>> trustedOrigins();

    /**
     * Paths that are not checked: exact (`/hook`) or by prefix (`/hook/*`, also `/hook` itself), with
     * `quarkus.http.root-path`. Any site can send requests to them in the name of the user. For what other sites have to call,
     * as the page that logs users in by `form_post`. Case and a slash at the end count. A path that can be read in two ways
     * (`/hook/..;/account`) is never exempt.
     */
    Optional<List<String>> exemptPaths();

    /** What a request has to prove. */
    enum CsrfMode {
        /** That it does not come from another site. */
        ORIGIN,
        /** That its page knows the session's tokens; without a session, that it does not come from another site. */
        TOKEN,
        /** Both. */
        BOTH
    }
}
