package io.quarkiverse.imsession.runtime;

import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** Protection against cross-site request forgery. */
@ConfigGroup
public interface CsrfConfig {

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

    /** What a request has to prove. */
    enum CsrfMode {
        /** That it comes from the application's own pages. */
        ORIGIN,
        /** That its page knows the session's tokens. */
        TOKEN,
        /** Both. */
        BOTH
    }
}
