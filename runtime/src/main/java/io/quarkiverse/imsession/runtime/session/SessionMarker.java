package io.quarkiverse.imsession.runtime.session;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;

/** Marks the records of a request, for example its log lines, with the id of its session. */
@FunctionalInterface
public interface SessionMarker {

    /**
     * Called on the context of a request before the application sees it.
     *
     * @return a function that gets the id as soon as the request has a session, and again if it makes another one; called on
     *         any thread
     */
    Consumer<SessionId> begin();

    /** Combines markers; null if there are none. */
    static @Nullable SessionMarker all(List<SessionMarker> markers) {
        return markers.stream().reduce((one, other) -> () -> one.begin().andThen(other.begin())).orElse(null);
    }
}
