package io.quarkiverse.imsession.runtime.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.runtime.store.RedisIndex.Entry;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.StoredSession;
import io.vertx.core.Vertx;

/**
 * Finds sessions: reads entries of the index, looks at each session, and drops the entries of those that are dead or have
 * another
 * value. It looks at these twice, with a pause: an entry is made before its session, so one without a session may be a session
 * that
 * is just being stored.
 */
final class RedisFinder {

    private final RedisIndex index;
    private final SessionStore sessions;
    private final Vertx vertx;
    private final long pauseMillis;

    /** @param commandTimeout after this nobody goes on to store a session whose entry was made before */
    RedisFinder(RedisIndex index, SessionStore sessions, Vertx vertx, Duration commandTimeout) {
        this.index = index;
        this.sessions = sessions;
        this.vertx = vertx;
        this.pauseMillis = RedisIndex.TIMEOUTS_TO_STORE * commandTimeout.toMillis();
    }

    CompletionStage<Page> find(Reference reference, @Nullable String after, int limit) {
        Cursor cursor = Cursor.parse(after);
        // The entry of the cursor comes again, and one more tells whether there is another page.
        return entries(reference, cursor, limit, limit + 2);
    }

    private CompletionStage<Page> entries(Reference reference, Cursor cursor, int limit, int count) {
        return index.entries(reference, cursor.score(), count).thenCompose(read -> {
            List<Entry> beyond = read.stream().filter(cursor::isBefore).toList();
            if (beyond.size() <= limit && read.size() == count) {
                // Many entries have the score of the cursor, and come before it.
                return entries(reference, cursor, limit, 2 * count);
            }
            List<Entry> entries = beyond.subList(0, Math.min(limit, beyond.size()));
            String next = beyond.size() > limit ? Cursor.at(entries.get(limit - 1)).toString() : null;
            return page(reference, entries, next);
        });
    }

    private CompletionStage<Page> page(Reference reference, List<Entry> entries, @Nullable String next) {
        List<CompletionStage<@Nullable StoredSession>> loading = new ArrayList<>(entries.size());
        entries.forEach(entry -> loading.add(sessions.load(entry.id())));
        return Stages.all(loading).thenApply(loaded -> {
            List<Found> found = new ArrayList<>(loaded.size());
            List<Entry> dead = new ArrayList<>();
            for (int i = 0; i < loaded.size(); i++) {
                if (isOf(reference, loaded.get(i))) {
                    found.add(new Found(entries.get(i).id(), loaded.get(i)));
                } else {
                    dead.add(entries.get(i));
                }
            }
            if (!dead.isEmpty()) {
                dropLater(reference, dead);
            }
            return new Page(List.copyOf(found), next);
        });
    }

    /** Drops those of the entries that are still dead when no session can be on its way to them any more. */
    void dropLater(Reference reference, List<Entry> dead) {
        vertx.setTimer(pauseMillis, ignored -> dead.forEach(entry -> dropIfDead(reference, entry)));
    }

    private void dropIfDead(Reference reference, Entry entry) {
        sessions.load(entry.id()).thenAccept(stored -> {
            if (!isOf(reference, stored)) {
                index.remove(entry.id(), Map.of(reference, entry.score()));
            }
        });
    }

    private static boolean isOf(Reference reference, @Nullable StoredSession stored) {
        return stored != null && References.has(stored.data(), reference);
    }

    /** Where a page begins: after the entry of that score and id. */
    private record Cursor(long score, String id) {

        static Cursor parse(@Nullable String text) {
            if (text == null) {
                return new Cursor(0, "");
            }
            int colon = text.indexOf(':');
            try {
                return new Cursor(Long.parseLong(text.substring(0, Math.max(0, colon))), text.substring(colon + 1));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "This is not where a page of sessions begins: pass what the page before told", e);
            }
        }

        static Cursor at(Entry entry) {
            return new Cursor(entry.score(), entry.id().value());
        }

        boolean isBefore(Entry entry) {
            return entry.score() > score || entry.score() == score && entry.id().value().compareTo(id) > 0;
        }

        @Override
        public String toString() {
            return score + ":" + id;
        }
    }
}
