package io.quarkiverse.imsession.runtime.redis.index;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.RedisCommands;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Capacity;

/** What a request has done between the two steps of a commit, for tests in other packages. */
public final class IndexAccess {

    private IndexAccess() {
    }

    /**
     * Enters a session that is not stored. False if there is no room.
     *
     * @param max the most entries, or 0 for any number
     */
    public static CompletionStage<Boolean> enter(RedisCommands redis, RedisKeys keys, SessionId id, Reference reference,
            Duration stay, int max, Duration commandTimeout) {
        Capacity capacity = new Capacity(max, commandTimeout.multipliedBy(RedisIndex.TIMEOUTS_TO_STORE), null);
        return new RedisIndex(redis, keys).enter(id, reference, stay, capacity).thenApply(RedisIndex.Entered.class::isInstance);
    }
}
