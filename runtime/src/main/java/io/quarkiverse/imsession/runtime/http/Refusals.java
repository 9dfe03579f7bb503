package io.quarkiverse.imsession.runtime.http;

import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionId;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Passes refused requests to the failure handlers of the router: those of the application, and finally {@link RefusalHandler}.
 */
public final class Refusals {

    private final Consumer<SessionEvent> events;
    private final CorsHeaders cors;

    /**
     * @param events gets an event for each refused request
     * @param cors the CORS filter of Quarkus, or null if the application has none
     */
    public Refusals(Consumer<SessionEvent> events, @Nullable Handler<RoutingContext> cors) {
        this.events = events;
        this.cors = new CorsHeaders(cors);
    }

    /** The reason why a request is refused, or null if it is not. */
    public static @Nullable RequestRefusedException of(RoutingContext context) {
        return context.response() instanceof SessionResponse response ? response.refusal() : null;
    }

    /**
     * Fires the event of a refusal.
     *
     * @param id the session that the request came with, if there is one
     */
    void fire(Optional<SessionId> id, RequestRefusedException refusal) {
        events.accept(new SessionEvent.Refused(id, refusal.reason()));
    }

    /** Begins the answer to a request that is refused. */
    void answer(RoutingContext context, SessionResponse response, RequestRefusedException refusal) {
        context.put(ImSession.class.getName(), response.session());
        if (!response.replacesAnother()) {
            cors.addTo(context);
        }
        // This is the default status; the code that answers may set another one.
        response.setStatusCode(refusal.status());
        context.fail(refusal.status(), refusal);
    }
}
