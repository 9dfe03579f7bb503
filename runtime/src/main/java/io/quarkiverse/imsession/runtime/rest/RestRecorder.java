package io.quarkiverse.imsession.runtime.rest;

import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler;

import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.runtime.http.Refusals;
import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.quarkus.runtime.annotations.Recorder;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Has Quarkus REST answer requests that are refused before it sees them, or after it has answered them. */
@Recorder
public class RestRecorder {

    /** A failure handler. What the exception mappers themselves fail with is left to others. */
    public Handler<RoutingContext> exceptionMappers() {
        RestInitialHandler rest = new RestInitialHandler(ResteasyReactiveRecorder.getCurrentDeployment());
        return context -> {
            RequestRefusedException refusal = Refusals.of(context);
            if (refusal != null && context.failure() == refusal) {
                rest.beginProcessing(context, refusal);
            } else {
                context.next();
            }
        };
    }
}
