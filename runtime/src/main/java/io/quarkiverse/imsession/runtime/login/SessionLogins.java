package io.quarkiverse.imsession.runtime.login;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Makes the identities of users who are logged in to a session. */
public interface SessionLogins {

    /** The identity of the user who is logged in to the session of a request; null if there is none. */
    Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities);
}
