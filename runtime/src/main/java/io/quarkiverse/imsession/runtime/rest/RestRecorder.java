package io.quarkiverse.imsession.runtime.rest;

import org.jboss.resteasy.reactive.server.core.Deployment;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Lets exception mappers of Quarkus REST answer requests that are refused before Quarkus REST handles them, or afterwards. */
@Recorder
public class RestRecorder {

    /**
     * A handler that answers with the exception mapper for the failure of a request. Has no value if the application has no
     * endpoints.
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
