package io.quarkiverse.imsession.runtime.security;

import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** Asks for the identity of a log-in that a session vouches for. */
final class SessionAuthenticationRequest extends BaseAuthenticationRequest {

    private final Login login;

    SessionAuthenticationRequest(Login login) {
        this.login = login;
    }

    Login login() {
        return login;
    }
}
