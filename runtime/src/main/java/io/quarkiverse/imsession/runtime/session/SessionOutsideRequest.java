package io.quarkiverse.imsession.runtime.session;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;

/** Knows the session of code that runs in no HTTP request. */
public interface SessionOutsideRequest {

    /** The session of the code that the current thread runs; null if it knows none. */
    @Nullable
    ImSession current();
}
