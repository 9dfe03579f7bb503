package io.quarkiverse.imsession.runtime.http;

import java.util.Set;

import io.quarkiverse.imsession.runtime.config.CsrfConfig.CsrfMode;

/**
 * The proofs that a request has to give.
 *
 * @param origin that it does not come from another site
 * @param token that it comes from a page that knows the session's CSRF tokens
 */
record CsrfDemand(boolean origin, boolean token) {

    /** The methods that are meant to change nothing (RFC 9110 §9.2.1). */
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /**
     * Without a session there are no tokens, so the origin is checked in every mode: the request may log somebody in.
     * <p>
     * A script that opens a WebSocket can send no header of its own, and the same-origin policy does not hold for it: only the
     * origin tells (RFC 6455 §10.2).
     */
    static CsrfDemand of(CsrfMode mode, String method, boolean webSocket, boolean session) {
        boolean unsafe = !SAFE_METHODS.contains(method);
        boolean token = unsafe && session && mode != CsrfMode.ORIGIN;
        boolean origin = mode == CsrfMode.TOKEN ? unsafe && !session : unsafe || webSocket;
        return new CsrfDemand(origin, token);
    }

    boolean isNothing() {
        return !origin && !token;
    }
}
