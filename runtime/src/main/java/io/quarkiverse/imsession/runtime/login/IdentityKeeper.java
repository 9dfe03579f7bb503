package io.quarkiverse.imsession.runtime.login;

import java.util.Map;
import java.util.function.UnaryOperator;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.session.CurrentSession;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * Keeps the last identity that was made for a request, after all augmentors of the application, for mechanisms that tell only a
 * cookie of their log-in.
 */
@Singleton
public final class IdentityKeeper implements SecurityIdentityAugmentor {

    private static final String KEY = IdentityKeeper.class.getName();
    private static final String NEXT = KEY + ".next";

    /** Applies a change to the next identity that is made for a request, once. A failure of the result fails the request. */
    public static void next(RoutingContext context, UnaryOperator<Uni<SecurityIdentity>> change) {
        context.put(NEXT, change);
    }

    /** The last identity that was made for a request; null if there is none. */
    public static @Nullable SecurityIdentity of(RoutingContext context) {
        return context.get(KEY);
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom().item(identity);
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context,
            Map<String, Object> attributes) {
        RoutingContext request = HttpSecurityUtils.getRoutingContextAttribute(attributes);
        if (request != null && !identity.isAnonymous()) {
            request.put(KEY, identity);
            RequestSession session = CurrentSession.of(request);
            if (session != null) {
                session.authenticatedAs(identity);
            }
            UnaryOperator<Uni<SecurityIdentity>> next = request.remove(NEXT);
            if (next != null) {
                return next.apply(Uni.createFrom().item(identity));
            }
        }
        return Uni.createFrom().item(identity);
    }

    @Override
    public int priority() {
        return Integer.MIN_VALUE;
    }
}
