package io.quarkiverse.imsession.runtime.rest;

import org.jboss.resteasy.reactive.server.core.Deployment;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Lets Quarkus REST answer requests that are refused before it sees them, or after it has answered them. */
@Recorder
public class RestRecorder {

    /**
     * Answers with the exception mapper for what a request has failed with. Has no value if the application has no endpoints.
     */
    public RuntimeValue<Handler<RoutingContext>> exceptionMappers() {
        Deployment deployment = ResteasyReactiveRecorder.getCurrentDeployment();
        if (deployment == null) {
            return new RuntimeValue<>(null);
        }
        RestInitialHandler rest = new RestInitialHandler(deployment);
        return new RuntimeValue<>(context -> rest.beginProcessing(context, context.failure()));
    }
}
