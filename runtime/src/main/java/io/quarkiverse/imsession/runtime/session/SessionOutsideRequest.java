package io.quarkiverse.imsession.runtime.session;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;

/** Finds the session of code that runs outside of an HTTP request. */
public interface SessionOutsideRequest {

    /** The session of the code that the current thread runs, or null if there is none. */
    @Nullable
    ImSession current();
}
