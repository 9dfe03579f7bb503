package io.quarkiverse.imsession.runtime.session;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;

/** Finds the session of the request or WebSocket that the current thread works for. */
@Singleton
public class CurrentSession {

    private final CurrentVertxRequest request;
    private final Instance<SessionOutsideRequest> others;

    CurrentSession(CurrentVertxRequest request, Instance<SessionOutsideRequest> others) {
        this.request = request;
        this.others = others;
    }

    /** The session of a request; null if its path has none. */
    public static @Nullable RequestSession of(RoutingContext context) {
        return context.get(ImSession.class.getName()) instanceof RequestSession session ? session : null;
    }

    /** @throws IllegalStateException if there is none, with the reason */
    public ImSession get() {
        RoutingContext context = context();
        if (context != null) {
            return ImSession.of(context);
        }
        ImSession other = other();
        if (other == null) {
            throw new IllegalStateException(
                    "ImSession was used outside of an HTTP request, or in a WebSocket whose path has no sessions (see"
                            + " quarkus.imsession.include-paths and quarkus.imsession.exclude-paths). It is there where a request"
                            + " is handled; hand over the values that a background task needs, or let it call"
                            + " ImSessions.update(id, function). A plain route uses ImSession.of(RoutingContext). A test has one with @WithSession of quarkus-imsession-test");
        }
        return other;
    }

    /** The session, or null if there is none. */
    public @Nullable ImSession find() {
        RoutingContext context = context();
        return context != null ? context.get(ImSession.class.getName()) : other();
    }

    private @Nullable RoutingContext context() {
        return Arc.container().requestContext().isActive() ? request.getCurrent() : null;
    }

    private @Nullable ImSession other() {
        for (SessionOutsideRequest other : others) {
            ImSession session = other.current();
            if (session != null) {
                return session;
            }
        }
        return null;
    }
}
