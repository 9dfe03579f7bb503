package io.quarkiverse.imsession.runtime.session;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;

/** Knows the session where there is no HTTP request any more. */
public interface SessionElsewhere {

    /** Null if there is none here. */
    @Nullable
    ImSession current();
}
