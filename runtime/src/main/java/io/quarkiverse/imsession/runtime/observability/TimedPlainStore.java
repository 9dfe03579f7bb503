package io.quarkiverse.imsession.runtime.observability;

import io.quarkiverse.imsession.runtime.SessionMetrics;
import io.quarkiverse.imsession.spi.SessionStore;

/** One that finds no sessions. */
final class TimedPlainStore extends TimedStore<SessionStore> {

    TimedPlainStore(SessionStore store, SessionMetrics metrics) {
        super(store, metrics);
    }
}
