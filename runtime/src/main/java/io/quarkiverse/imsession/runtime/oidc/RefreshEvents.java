package io.quarkiverse.imsession.runtime.oidc;

import java.util.Map;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.oidc.SecurityEvent;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.spi.runtime.SecurityEventHelper;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Tells the application of refreshed tokens, as the mechanism does when it refreshes them itself. */
@Singleton
public class RefreshEvents implements SecurityIdentityAugmentor {

    private static final String REFRESHED = RefreshEvents.class.getName();

    private final Event<SecurityEvent> events;
    private final boolean observed;

    RefreshEvents(Event<SecurityEvent> events, BeanManager beans,
            @ConfigProperty(name = "quarkus.security.events.enabled") boolean enabled) {
        this.events = events;
        this.observed = SecurityEventHelper.isEventObserved(new SecurityEvent(null, (SecurityIdentity) null), beans, enabled);
    }

    /** Notes that a request has refreshed tokens, of which its identity is made next. */
    static void refreshedBy(RoutingContext context) {
        context.put(REFRESHED, true);
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom().item(identity);
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context,
            Map<String, Object> attributes) {
        RoutingContext request = observed ? HttpSecurityUtils.getRoutingContextAttribute(attributes) : null;
        if (request != null && !identity.isAnonymous() && request.remove(REFRESHED) != null) {
            SecurityEventHelper.fire(events, new SecurityEvent(SecurityEvent.Type.OIDC_SESSION_REFRESHED, identity));
        }
        return Uni.createFrom().item(identity);
    }

    @Override
    public int priority() {
        return Integer.MIN_VALUE;
    }
}
