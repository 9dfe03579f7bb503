package io.quarkiverse.imsession.runtime.login;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.session.CurrentSession;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.arc.ClientProxy;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.spi.runtime.AuthenticationSuccessEvent;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport.Type;
import io.vertx.ext.web.RoutingContext;

/**
 * Mechanisms that keep log-ins on their own, outside of the session. The session of a user who is authenticated by one of them
 * gets a new token, and that of another user ends. Credentials that each request carries, such as headers and certificates,
 * neither own nor end a session.
 */
@Singleton
public class OtherMechanisms {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final Set<Type> OF_A_REQUEST = Set.of(Type.AUTHORIZATION, Type.OTHER_HEADER, Type.X509, Type.TEST_SECURITY);
    /** Mechanisms of Quarkus tell that they have authenticated a request. */
    private static final String QUARKUS = "io.quarkus.";
    private static final String BY_SESSION = OtherMechanisms.class.getName();

    private final List<HttpAuthenticationMechanism> beans;
    private final List<HttpAuthenticationMechanism> others;
    private final Set<Class<?>> named = ConcurrentHashMap.newKeySet();
    /** The mechanism that has authenticated a request of which none tells that it has; null if it may be several. */
    private final @Nullable HttpAuthenticationMechanism silent;

    private final List<HttpAuthenticationMechanism> bridged;
    private final TakeOver takeOver;

    OtherMechanisms(@Any Instance<HttpAuthenticationMechanism> mechanisms, @Any Instance<Bridge> bridges, TakeOver takeOver) {
        this.takeOver = takeOver;
        List<HttpAuthenticationMechanism> all = new ArrayList<>();
        List<HttpAuthenticationMechanism> found = new ArrayList<>();
        List<HttpAuthenticationMechanism> kept = new ArrayList<>();
        int unknown = 0;
        for (HttpAuthenticationMechanism mechanism : mechanisms) {
            HttpAuthenticationMechanism itself = ClientProxy.unwrap(mechanism);
            all.add(itself);
            if (bridges.stream().anyMatch(bridge -> bridge.isOf(itself))) {
                kept.add(itself);
                continue;
            }
            if (itself instanceof SessionMechanism) {
                continue;
            }
            if (!isOfARequest(itself)) {
                found.add(itself);
            }
            if (!itself.getClass().getName().startsWith(QUARKUS)) {
                unknown++;
            }
        }
        beans = List.copyOf(all);
        others = List.copyOf(found);
        bridged = List.copyOf(kept);
        silent = unknown == 1 && found.size() == 1 ? found.get(0) : null;
    }

    /** Whether each request carries the credentials of a mechanism, as far as it tells that without one. */
    private static boolean isOfARequest(HttpAuthenticationMechanism mechanism) {
        try {
            HttpCredentialTransport transport = mechanism.getCredentialTransport(null).subscribeAsCompletionStage()
                    .getNow(null);
            return transport != null && OF_A_REQUEST.contains(transport.getTransportType());
        } catch (RuntimeException e) {
            // It depends on the request.
            return false;
        }
    }

    /** Tells that the identity of a request is that of the log-in of its session. */
    public static void authenticatedBySession(RoutingContext context) {
        context.put(BY_SESSION, true);
    }

    void warn(@Observes StartupEvent started, @ConfigProperty(name = "quarkus.security.events.enabled") boolean events) {
        others.forEach(mechanism -> warn(mechanism, events ? ""
                : "; and set quarkus.security.events.enabled=true, as otherwise a session passes from one of its users to the"
                        + " next"));
    }

    private static void warn(HttpAuthenticationMechanism mechanism, String more) {
        LOG.warnf(
                "The mechanism %s keeps log-ins outside of the session: ImSessions does not end them, and their log-out does"
                        + " not end the session. Let it call ImSession.login() and authenticate nobody in later requests%s",
                mechanism.getClass().getName(), more);
    }

    void authenticated(@Observes AuthenticationSuccessEvent event) {
        if (!(event.getEventProperties().get(RoutingContext.class.getName()) instanceof RoutingContext context)
                || context.get(BY_SESSION) != null) {
            return;
        }
        HttpAuthenticationMechanism mechanism = mechanism(context);
        RequestSession session = CurrentSession.of(context);
        if (mechanism != null && session != null && session.exists()) {
            String name = event.getSecurityIdentity().getPrincipal().getName();
            Login login = session.login();
            if (login == null) {
                // Parallel requests of a user who has logged in to another instance must not take the token from each other.
                boolean isShared = bridged.contains(mechanism) && takeOver.isLeftToMechanism(context);
                session.own(mechanism.getClass().getName() + ' ' + name, !isShared);
            } else if (!login.principal().equals(name)) {
                session.destroy();
            }
        }
    }

    /** The mechanism that has authenticated a request, if it is one of these. Those of applications need not tell that. */
    private @Nullable HttpAuthenticationMechanism mechanism(RoutingContext context) {
        HttpAuthenticationMechanism told = context.get(HttpAuthenticationMechanism.class.getName());
        HttpAuthenticationMechanism itself = told == null ? null : ClientProxy.unwrap(told);
        return itself == null ? silent
                : others.contains(itself) || isMadeInCode(itself)
                        || bridged.contains(itself) && takeOver.isLeftToMechanism(context) ? itself : null;
    }

    /** A mechanism of {@code HttpSecurity} is no bean, so it is named when it authenticates a request for the first time. */
    private boolean isMadeInCode(HttpAuthenticationMechanism mechanism) {
        if (beans.contains(mechanism) || isOfARequest(mechanism)) {
            return false;
        }
        if (named.add(mechanism.getClass())) {
            warn(mechanism, "");
        }
        return true;
    }
}
