package io.quarkiverse.imsession.testing;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;

/** Makes the session of a test injectable where there is no request: in the test and the beans that it calls. */
@Singleton
@Alternative
@Priority(1)
public class TestSessionProducer {

    @Produces
    @RequestScoped
    ImSession session(CurrentVertxRequest request, TestSessions sessions) {
        RoutingContext context = request.getCurrent();
        if (context != null) {
            return ImSession.of(context);
        }
        TestSession session = sessions.running();
        if (session == null) {
            throw new IllegalStateException("ImSession was used outside of an HTTP request. To use it in a test, or in a bean"
                    + " that a test calls, annotate the test with @WithSession");
        }
        return session.session();
    }
}
