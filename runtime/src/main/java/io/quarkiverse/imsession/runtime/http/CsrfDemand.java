package io.quarkiverse.imsession.runtime.http;

import java.util.Set;

import io.quarkiverse.imsession.runtime.config.CsrfConfig.CsrfMode;

/**
 * The proofs that a request must give.
 *
 * @param origin whether it must prove that it does not come from another site
 * @param token whether it must have a CSRF token of the session
 */
record CsrfDemand(boolean origin, boolean token) {

    /**
     * The proof at an endpoint of Quarkus at which users log in and out, whatever the method: a GET may log out. Its scripts
     * send no tokens.
     */
    static final CsrfDemand LOG_IN = new CsrfDemand(true, false);
    /** The safe methods (RFC 9110 §9.2.1). */
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /**
     * The proofs by the mode and the request. Without a session there are no tokens, so the origin is checked in every mode, as
     * the request may log a user in.
     * <p>
     * A script that opens a WebSocket cannot add headers, and the same-origin policy does not apply to it, so only the origin
     * is checked (RFC 6455 §10.2).
     */
    static CsrfDemand of(CsrfMode mode, String method, boolean webSocket, boolean session) {
        boolean unsafe = !SAFE_METHODS.contains(method);
        boolean token = unsafe && session && mode != CsrfMode.ORIGIN;
        boolean origin = mode == CsrfMode.TOKEN ? unsafe && !session : unsafe || webSocket;
        return new CsrfDemand(origin, token);
    }

    /** What a request that logs out must prove, whatever its method. */
    CsrfDemand withOrigin() {
        return new CsrfDemand(true, token);
    }

    boolean isNothing() {
        return !origin && !token;
    }
}
