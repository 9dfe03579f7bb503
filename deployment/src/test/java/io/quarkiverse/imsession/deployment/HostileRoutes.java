package io.quarkiverse.imsession.deployment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkiverse.imsession.ImSession;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Reads the session or counts in it, and tells whether there is one. */
@ApplicationScoped
public class HostileRoutes {

    static final String READ = "/read";
    static final String COUNT = "/count";

    void register(@Observes Router router) {
        router.route(READ).handler(HostileRoutes::answer);
        router.route(COUNT).handler(context -> {
            ImSession.of(context).update(data -> data.with("count", data.get("count", Integer.class).orElse(0) + 1));
            answer(context);
        });
    }

    private static void answer(RoutingContext context) {
        context.response().end("exists=" + ImSession.of(context).exists());
    }
}
