package io.quarkiverse.imsession.runtime.oidc;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.annotations.Recorder;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Adds the endpoints of providers to the application. */
@Recorder
public class OidcLogoutRecorder {

    public Handler<RoutingContext> logouts() {
        return Arc.container().instance(OidcLogouts.class).get();
    }
}
