package io.quarkiverse.imsession.runtime.schedules;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/** Notes what a store has answered. */
final class ObservedStore implements SessionStore {

    private final SessionStore store;
    private final Queue<Accepted> accepted = new ConcurrentLinkedQueue<>();
    private final Set<SessionId> ended = ConcurrentHashMap.newKeySet();

    /** An update that was stored. */
    record Accepted(SessionId id, SessionUpdate update, Updated result) {
    }

    ObservedStore(SessionStore store) {
        this.store = store;
    }

    List<Accepted> accepted(SessionId id) {
        return accepted.stream().filter(one -> one.id.equals(id)).toList();
    }

    Set<SessionId> ended() {
        return ended;
    }

    @Override
    public CompletionStage<StoredSession> load(SessionId id) {
        return store.load(id);
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        return store.create(id, session);
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        CompletionStage<UpdateResult> updating = store.update(id, update);
        if (StoreSchedules.done(updating) instanceof Updated updated) {
            accepted.add(new Accepted(id, update, updated));
        }
        return updating;
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        CompletionStage<Boolean> destroying = store.destroy(id);
        if (StoreSchedules.done(destroying)) {
            ended.add(id);
        }
        return destroying;
    }

    @Override
    public CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
        CompletionStage<DestroyResult> destroying = store.destroy(id, presented);
        if (StoreSchedules.done(destroying) == DestroyResult.DESTROYED) {
            ended.add(id);
        }
        return destroying;
    }

    @Override
    public CompletionStage<Replaced> replace(SessionId old, Presented presented, Duration grace, SessionId id,
            NewSession session) {
        CompletionStage<Replaced> replacing = store.replace(old, presented, grace, id, session);
        if (StoreSchedules.done(replacing).old() == DestroyResult.DESTROYED) {
            ended.add(old);
        }
        return replacing;
    }
}
