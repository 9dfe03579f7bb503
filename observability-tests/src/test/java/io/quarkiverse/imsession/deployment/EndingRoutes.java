package io.quarkiverse.imsession.deployment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Routes whose session is ended by somebody else while they are under way. */
@ApplicationScoped
public class EndingRoutes {

    private final ReactiveImSessions sessions;

    EndingRoutes(ReactiveImSessions sessions) {
        this.sessions = sessions;
    }

    void register(@Observes Router router) {
        router.get("/end-and-read").handler(context -> end(context, () -> {
        }));
        router.get("/end-and-update").handler(context -> end(context,
                () -> ImSession.of(context).update(data -> data.with("age", 7))));
    }

    private void end(RoutingContext context, Runnable then) {
        sessions.destroy(ImSession.of(context).id().orElseThrow()).subscribe().with(ended -> {
            then.run();
            context.response().end("ended " + ended);
        }, context::fail);
    }
}
