package io.quarkiverse.imsession.it.input;

import jakarta.enterprise.event.Observes;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionDecodingException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Reads all of a session, or counts in it, and tells whether there is one. */
final class InputRoutes {

    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;

    void init(@Observes Router router) {
        router.route("/input/read").handler(InputRoutes::read);
        router.route("/input/count").handler(context -> {
            ImSession.of(context).update(data -> data.with("count", data.get("count", Integer.class).orElse(0) + 1));
            answer(context);
        });
        // What is below goes to no servlet container: it has rules of its own for cookies and methods.
        router.route("/input/*").handler(context -> context.response().setStatusCode(NOT_FOUND).end());
    }

    /** As an application should: a field that cannot be decoded is no reason to fail. */
    private static void read(RoutingContext context) {
        try {
            ImSession.of(context).data().asMap();
            answer(context);
        } catch (SessionDecodingException e) {
            context.response().setStatusCode(UNPROCESSABLE).end(e.getMessage());
        }
    }

    private static void answer(RoutingContext context) {
        ImSession session = ImSession.of(context);
        context.response().end("exists=" + session.exists() + " fresh=" + session.authenticatedAt().isPresent() + ' '
                + session.csrf().token().length());
    }
}
