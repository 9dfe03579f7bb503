package io.quarkiverse.imsession.runtime.login;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Keeps the log-ins of a mechanism of Quarkus in the session. */
public interface Bridge {

    /** Whether this bridge keeps the log-ins of a mechanism. */
    boolean isOf(HttpAuthenticationMechanism mechanism);

    /** Whether a log-in with this {@code Login.by()} is one of the mechanism. */
    boolean is(String by);

    /** Whether a request itself is a log-in by the mechanism, which counts more than the session. */
    default boolean isLogIn(RoutingContext context) {
        return false;
    }

    /**
     * The identity of a log-in of this mechanism, on paths where the mechanism itself is not asked; its item is null for none.
     * Null if the identity has the roles of the log-in.
     */
    default @Nullable Uni<SecurityIdentity> authenticate(RoutingContext context, Login login,
            IdentityProviderManager identities) {
        return null;
    }

    /** Called when a request has the identity of a log-in of this mechanism. */
    default void authenticated(RoutingContext context) {
    }

    /** Sends a user to the log-in; null if this request cannot be sent there. */
    Uni<ChallengeData> challenge(RoutingContext context);

    /**
     * Sends a user who is logged in to the log-in once more; null if this request cannot be sent there.
     *
     * @param within how long ago the log-in may be
     */
    Uni<ChallengeData> freshChallenge(RoutingContext context, Duration within);

    /** The bridge with the greatest one sends users to the log-in who have none. */
    int priority();
}
