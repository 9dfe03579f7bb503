package io.quarkiverse.imsession.it.layers;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionCommittedException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;

/** Counts calls in the session. */
@ApplicationScoped
public class Counter {

    private static final String FIELD = "count";

    private final ImSession session;
    private final CurrentVertxRequest request;

    Counter(ImSession session, CurrentVertxRequest request) {
        this.session = session;
        this.request = request;
    }

    /** The count with this call, told in one line. */
    String next() {
        return next(session, request.getCurrent());
    }

    String read() {
        return read(session);
    }

    String late() {
        return late(session);
    }

    static String next(RoutingContext context) {
        return next(ImSession.of(context), context);
    }

    static String read(ImSession session) {
        return Bodies.count(session.data().get(FIELD, Integer.class).orElse(0));
    }

    /** To be called after the response has begun. */
    static String late(ImSession session) {
        try {
            session.update(data -> data.with(FIELD, -1));
            return "accepted";
        } catch (SessionCommittedException e) {
            return "refused";
        }
    }

    private static String next(ImSession session, RoutingContext context) {
        if (!"false".equals(context.request().getParam("change"))) {
            session.update(data -> data.with(FIELD, data.get(FIELD, Integer.class).orElse(0) + 1));
        }
        return read(session);
    }
}
