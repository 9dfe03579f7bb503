package io.quarkiverse.imsession.runtime.security;

import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** Requests the identity for the log-in of a session. */
final class SessionAuthenticationRequest extends BaseAuthenticationRequest {

    private final Login login;

    SessionAuthenticationRequest(Login login) {
        this.login = login;
    }

    Login login() {
        return login;
    }
}
