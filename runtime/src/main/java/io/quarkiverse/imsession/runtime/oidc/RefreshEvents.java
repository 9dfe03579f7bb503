package io.quarkiverse.imsession.runtime.oidc;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkiverse.imsession.runtime.session.Contexts;
import io.quarkus.oidc.SecurityEvent;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.spi.runtime.SecurityEventHelper;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/** Tells the application of refreshed tokens, as the mechanism does when it refreshes them itself. */
@Singleton
public class RefreshEvents implements SecurityIdentityAugmentor {

    private static final String IDENTITY = RefreshEvents.class.getName();
    private static final Runnable NOTHING = () -> {
    };

    private final Event<SecurityEvent> events;
    private final boolean observed;

    RefreshEvents(Event<SecurityEvent> events, BeanManager beans,
            @ConfigProperty(name = "quarkus.security.events.enabled") boolean enabled) {
        this.events = events;
        this.observed = SecurityEventHelper.isEventObserved(new SecurityEvent(null, (SecurityIdentity) null), beans, enabled);
    }

    /**
     * Tells of the refresh that a request begins, once it has succeeded and the identity of the request is made, in either
     * order: a request that need not wait for the refresh has the identity of the tokens before it.
     *
     * @return to be run when the provider has given new tokens
     */
    Runnable begunBy(RoutingContext context) {
        if (!observed) {
            return NOTHING;
        }
        CompletableFuture<SecurityIdentity> identity = new CompletableFuture<>();
        context.put(IDENTITY, identity);
        Context caller = Vertx.currentContext();
        return () -> identity.thenAccept(user -> Contexts.run(caller, () -> SecurityEventHelper.fire(events,
                new SecurityEvent(SecurityEvent.Type.OIDC_SESSION_REFRESHED, user))));
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom().item(identity);
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context,
            Map<String, Object> attributes) {
        RoutingContext request = observed ? HttpSecurityUtils.getRoutingContextAttribute(attributes) : null;
        CompletableFuture<SecurityIdentity> awaited = request == null || identity.isAnonymous() ? null
                : request.remove(IDENTITY);
        if (awaited != null) {
            awaited.complete(identity);
        }
        return Uni.createFrom().item(identity);
    }

    @Override
    public int priority() {
        return Integer.MIN_VALUE;
    }
}
