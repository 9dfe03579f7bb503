package io.quarkiverse.imsession.runtime.session;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.store.NearCache;
import io.quarkiverse.imsession.spi.SessionChanges;

/** Passes what changes in the store to the near cache, and then to all that watch sessions. */
public final class ChangesOfSessions implements SessionChanges.Listener {

    private final NearCache near;
    private final Iterable<SessionEndListener> watching;

    public ChangesOfSessions(NearCache near, Iterable<SessionEndListener> watching) {
        this.near = near;
        this.watching = watching;
    }

    @Override
    public void listening() {
        near.listening();
        watching.forEach(SessionEndListener::anyMayHaveChanged);
    }

    @Override
    public void alive(long nanos) {
        near.alive(nanos);
    }

    @Override
    public void changed(SessionId id) {
        near.changed(id);
        watching.forEach(one -> one.changed(id));
    }

    @Override
    public void allChanged() {
        near.allChanged();
        watching.forEach(SessionEndListener::anyMayHaveChanged);
    }

    @Override
    public void lost() {
        near.lost();
    }
}
