package io.quarkiverse.imsession.runtime.session;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;

/** Marks the records of a request, for example its log lines, with what is told of its session, such as the id. */
@FunctionalInterface
public interface SessionMarker {

    /**
     * Called on the context of a request before the application sees it.
     *
     * @return a function that gets the session as soon as the request has one, and again if it makes another one; called on any
     *         thread
     */
    Consumer<ImSession> begin();

    /** Combines markers; null if there are none. */
    static @Nullable SessionMarker all(List<SessionMarker> markers) {
        return markers.stream().reduce((one, other) -> () -> one.begin().andThen(other.begin())).orElse(null);
    }
}
