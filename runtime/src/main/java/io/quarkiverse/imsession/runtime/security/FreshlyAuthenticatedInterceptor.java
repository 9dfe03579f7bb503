package io.quarkiverse.imsession.runtime.security;

import java.time.Duration;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.StaleAuthenticationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.security.spi.runtime.SecurityHandlerConstants;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;

/** Lets only calls pass whose session has a log-in that is fresh enough. */
@FreshlyAuthenticated("")
@Interceptor
@Priority(SecurityHandlerConstants.SECURITY_INTERCEPTOR_PRIORITY + 1)
public final class FreshlyAuthenticatedInterceptor {

    private final CurrentVertxRequest request;
    private final SessionAuthenticationMechanism mechanism;

    FreshlyAuthenticatedInterceptor(CurrentVertxRequest request, SessionAuthenticationMechanism mechanism) {
        this.request = request;
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
        if (session.principal().isEmpty() || !session.isFresh(within)) {
            mechanism.challengeAsStale(context, within);
            throw new StaleAuthenticationException(within);
        }
        return invocation.proceed();
    }
}
