package io.quarkiverse.imsession.deployment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkiverse.imsession.ImSession;
import io.vertx.ext.web.Router;

/** A log-out that decides itself what browsers forget. */
@ApplicationScoped
public class ClearingRoutes {

    void register(@Observes Router router) {
        router.get("/destroy-and-clear").handler(context -> {
            ImSession.of(context).destroy();
            context.response().putHeader("Clear-Site-Data", "\"*\"").end();
        });
    }
}
