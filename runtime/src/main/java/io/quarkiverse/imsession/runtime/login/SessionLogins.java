package io.quarkiverse.imsession.runtime.login;

import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Makes the identities of users who are logged in to a session. */
public interface SessionLogins {

    /** The identity of the user of a log-in, which is that of the session of the request; its item is null for none. */
    Uni<SecurityIdentity> authenticate(RoutingContext context, Login login, IdentityProviderManager identities);
}
