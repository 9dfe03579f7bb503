package io.quarkiverse.imsession.it.routes;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Counts the visits of a browser, in routes of Vert.x. */
@Singleton
class Visits {

    void routes(@Observes Router router) {
        router.get("/visits").handler(context -> answer(context, ImSession.of(context)));
        router.post("/visits").handler(context -> {
            ImSession session = ImSession.of(context);
            session.update(data -> data.with("visits", visits(data) + 1));
            answer(context, session);
        });
        router.delete("/visits").handler(context -> {
            ImSession.of(context).destroy();
            context.response().setStatusCode(204).end();
        });
    }

    private static void answer(RoutingContext context, ImSession session) {
        context.response().end(Integer.toString(visits(session.data())));
    }

    private static int visits(SessionData data) {
        return data.get("visits", Integer.class).orElse(0);
    }
}
