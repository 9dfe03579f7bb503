package io.quarkiverse.imsession.runtime.security;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.StaleAuthenticationException;
import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.SecurityHandlerConstants;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;

/** Lets a call pass only if the log-in of its user in the session is recent enough. */
@FreshlyAuthenticated("")
@Interceptor
@Priority(SecurityHandlerConstants.SECURITY_INTERCEPTOR_PRIORITY + 1)
public final class FreshlyAuthenticatedInterceptor {

    private final CurrentVertxRequest request;
    private final CurrentIdentityAssociation identities;
    private final SessionAuthenticationMechanism mechanism;

    FreshlyAuthenticatedInterceptor(CurrentVertxRequest request, CurrentIdentityAssociation identities,
            SessionAuthenticationMechanism mechanism) {
        this.request = request;
        this.identities = identities;
        this.mechanism = mechanism;
    }

    @AroundInvoke
    Object check(InvocationContext invocation) throws Exception {
        Duration within = DurationConverter
                .parseDuration(invocation.getInterceptorBinding(FreshlyAuthenticated.class).value());
        RoutingContext context = request.getCurrent();
        if (context == null) {
            throw new IllegalStateException("A method with @FreshlyAuthenticated was called outside of an HTTP request, where"
                    + " there is no session: let the methods that call it carry the annotation instead");
        }
        ImSession session = ImSession.of(context);
        Optional<String> principal = session.principal();
        if (principal.isEmpty() || !session.isFresh(within)
                || !SessionAuthenticationMechanism.isOf(principal.get(), identity(), context)) {
            mechanism.challengeAsStale(context, within);
            throw new StaleAuthenticationException(within);
        }
        return invocation.proceed();
    }

    /** The identity of the request. Other credentials of the request take precedence over its session. */
    private SecurityIdentity identity() {
        CompletableFuture<SecurityIdentity> identity = identities.getDeferredIdentity().subscribeAsCompletionStage();
        if (!identity.isDone() && !BlockingOperationControl.isBlockingAllowed()) {
            throw new IllegalStateException(
                    "A method with @FreshlyAuthenticated was called on an event loop before the user was"
                            + " authenticated: let it carry @Authenticated or @RolesAllowed too instead of @PermitAll");
        }
        try {
            return identity.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
