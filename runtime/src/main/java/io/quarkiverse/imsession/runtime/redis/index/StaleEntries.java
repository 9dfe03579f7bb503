package io.quarkiverse.imsession.runtime.redis.index;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.runtime.redis.client.RedisLinks;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entry;
import io.quarkiverse.imsession.runtime.redis.session.RedisSessions;
import io.quarkiverse.imsession.runtime.store.References;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.vertx.core.Vertx;

/**
 * Removes entries of the index whose session has ended or has another value. It checks each of them again after a pause: an
 * entry is made before its session, so the session of an entry may be about to be stored.
 */
public final class StaleEntries {

    private final RedisIndex index;
    private final RedisSessions sessions;
    private final Vertx vertx;
    private final long pauseMillis;

    /** @param commandTimeout after two of them, no caller stores a session any more that it has entered before */
    public StaleEntries(RedisIndex index, RedisSessions sessions, Vertx vertx, Duration commandTimeout) {
        this.index = index;
        this.sessions = sessions;
        this.vertx = vertx;
        this.pauseMillis = RedisIndex.TIMEOUTS_TO_STORE * commandTimeout.toMillis();
    }

    /** Removes the entries that are still stale after the pause. */
    void removeLater(Reference reference, List<Entry> suspects) {
        if (!suspects.isEmpty()) {
            // The timer must not run in the context of the request that has found the entries.
            RedisLinks.root(vertx.getOrCreateContext()).setTimer(pauseMillis, ignored -> remove(reference, suspects));
        }
    }

    private void remove(Reference reference, List<Entry> suspects) {
        Stages.each(suspects, entry -> sessions.load(entry.id(), Set.of(reference.field()))).thenAccept(loaded -> {
            List<Entry> stale = new ArrayList<>();
            for (int i = 0; i < loaded.size(); i++) {
                if (!References.isOf(reference, loaded.get(i))) {
                    stale.add(suspects.get(i));
                }
            }
            index.remove(reference, stale);
        });
    }
}
