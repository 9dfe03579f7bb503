package io.quarkiverse.imsession.runtime.redis.index;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.RedisCommands;
import io.quarkiverse.imsession.runtime.redis.client.RedisCommands.Scanned;
import io.quarkiverse.imsession.runtime.redis.session.RedisSessions;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * Finds all sessions: scans the names of all keys, in a cluster node by node, and loads each session. It needs no index, but
 * visits all keys, so it is not meant for frequent use.
 */
public final class RedisScanner {

    /** The greatest number of loads that are sent together, as the client keeps no more than 2048 waiting commands. */
    private static final int MOST_LOADS = 1000;

    private final RedisCommands redis;
    private final RedisKeys keys;
    private final RedisSessions sessions;

    public RedisScanner(RedisCommands redis, RedisKeys keys, RedisSessions sessions) {
        this.redis = redis;
        this.keys = keys;
        this.sessions = sessions;
    }

    public CompletionStage<Page> find(@Nullable String after, int limit) {
        return ids(after, limit).thenCompose(read -> load(read.ids()).thenApply(found -> new Page(found, read.next())));
    }

    /** The ids in the names of keys. Such a key need not be a session. */
    public CompletionStage<Ids> ids(@Nullable String after, int limit) {
        ScanCursor cursor = ScanCursor.parse(after);
        int count = Math.min(limit, MOST_LOADS);
        return redis.slots().thenCompose(nodes -> {
            if (nodes == null) {
                return redis.scan(cursor.position(), keys.sessionPattern(), count)
                        .thenApply(scanned -> page(cursor, scanned));
            }
            ScanCursor here = cursor.in(nodes);
            return here == null ? Stages.done(new Ids(List.of(), null))
                    : redis.scan(here.slots(), here.node(), here.position(), keys.sessionPattern(), count)
                            .thenApply(scanned -> page(here, scanned));
        });
    }

    private Ids page(ScanCursor cursor, Scanned scanned) {
        // SCAN may return a key twice.
        Set<SessionId> ids = new LinkedHashSet<>();
        for (String key : scanned.keys()) {
            if (cursor.slots().contains(key)) {
                keys.sessionId(key).ifPresent(ids::add);
            }
        }
        ScanCursor next = cursor.next(scanned.node(), scanned.position());
        return new Ids(List.copyOf(ids), next == null ? null : next.toString());
    }

    private CompletionStage<List<Found>> load(List<SessionId> ids) {
        return Stages.each(ids, sessions::load).thenApply(loaded -> {
            List<Found> found = new ArrayList<>(ids.size());
            for (int i = 0; i < ids.size(); i++) {
                StoredSession session = loaded.get(i);
                if (session != null && !session.isReplaced()) {
                    found.add(new Found(ids.get(i), session.withoutPrivate()));
                }
            }
            return List.copyOf(found);
        });
    }

    /** A page of ids, and the beginning of the next page, or null if this is the last one. */
    public record Ids(List<SessionId> ids, @Nullable String next) {
    }
}
