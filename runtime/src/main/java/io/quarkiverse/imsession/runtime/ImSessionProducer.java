package io.quarkiverse.imsession.runtime;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;

/** Makes the session of the current request injectable. */
@Singleton
public class ImSessionProducer {

    @Produces
    @RequestScoped
    ImSession session(CurrentVertxRequest request) {
        RoutingContext context = request.getCurrent();
        if (context == null) {
            throw new IllegalStateException(
                    "ImSession was used outside of an HTTP request. It is there where a request is handled;"
                            + " hand over the values that a background task needs, or use ImSession.of(RoutingContext)");
        }
        return ImSession.of(context);
    }
}
