package io.quarkiverse.imsession.runtime.redis.index;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.redis.client.RedisLinks;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entry;
import io.quarkiverse.imsession.runtime.store.References;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.quarkiverse.imsession.spi.SessionStore;
import io.vertx.core.Vertx;

/**
 * Drops entries of the index whose session is dead or has another value. It looks at each of them once more, after a pause: an
 * entry is made before its session, so one without a session may be of a session that is just being stored.
 */
public final class DeadEntries {

    private final RedisIndex index;
    private final SessionStore sessions;
    private final Vertx vertx;
    private final long pauseMillis;

    /** @param commandTimeout after this nobody goes on to store a session whose entry was made before */
    public DeadEntries(RedisIndex index, SessionStore sessions, Vertx vertx, Duration commandTimeout) {
        this.index = index;
        this.sessions = sessions;
        this.vertx = vertx;
        this.pauseMillis = RedisIndex.TIMEOUTS_TO_STORE * commandTimeout.toMillis();
    }

    /** Drops those that are still dead after the pause. */
    void dropLater(Reference reference, List<Entry> suspects) {
        if (!suspects.isEmpty()) {
            // Whoever has met them has nothing to do with them.
            RedisLinks.root(vertx.getOrCreateContext()).setTimer(pauseMillis, ignored -> drop(reference, suspects));
        }
    }

    /** Drops those that are still dead after the pause. */
    void dropLater(SessionId id, Map<Reference, Long> suspects) {
        suspects.forEach((reference, score) -> dropLater(reference, List.of(new Entry(id, score))));
    }

    private void drop(Reference reference, List<Entry> suspects) {
        Stages.each(suspects, entry -> sessions.load(entry.id(), Set.of(reference.field()))).thenAccept(loaded -> {
            List<Entry> dead = new ArrayList<>();
            for (int i = 0; i < loaded.size(); i++) {
                if (!References.isOf(reference, loaded.get(i))) {
                    dead.add(suspects.get(i));
                }
            }
            index.remove(reference, dead);
        });
    }
}
