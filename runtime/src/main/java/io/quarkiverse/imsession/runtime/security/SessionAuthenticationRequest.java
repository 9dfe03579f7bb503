package io.quarkiverse.imsession.runtime.security;

import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import io.vertx.ext.web.RoutingContext;

/** Requests the identity for the log-in of a session. */
final class SessionAuthenticationRequest extends BaseAuthenticationRequest {

    private final Login login;
    private final RoutingContext context;

    SessionAuthenticationRequest(Login login, RoutingContext context) {
        this.login = login;
        this.context = context;
    }

    RoutingContext context() {
        return context;
    }

    Login login() {
        return login;
    }
}
