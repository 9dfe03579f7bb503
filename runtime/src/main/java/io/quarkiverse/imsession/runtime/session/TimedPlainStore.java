package io.quarkiverse.imsession.runtime.session;

import io.quarkiverse.imsession.spi.SessionStore;

/** One that finds no sessions. */
final class TimedPlainStore extends TimedStore<SessionStore> {

    TimedPlainStore(SessionStore store, SessionMetrics metrics) {
        super(store, metrics);
    }
}
