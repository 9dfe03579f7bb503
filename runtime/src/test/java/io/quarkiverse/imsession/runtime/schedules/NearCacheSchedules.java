package io.quarkiverse.imsession.runtime.schedules;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.store.NearAccess;
import io.quarkiverse.imsession.runtime.store.NearCache;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenState;

/**
 * Loads and changes of one session, a flush, and a connection that is made anew. When all is over, nothing older than the
 * stored session may be in the cache.
 */
public class NearCacheSchedules {

    private static final String LISTENER = "listener";
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final SessionToken TOKEN = SessionToken.generate(new SecureRandom());

    private final NearCache cache = NearAccess.cache(NOW);
    private final AtomicLong stored = new AtomicLong(1);
    private final AtomicLong replies = new AtomicLong();

    public NearCacheSchedules() {
        cache.listening();
    }

    @Operation
    public void load() {
        if (cache.get(TOKEN.id(), 0) == null) {
            load(cache, TOKEN.id(), () -> {
                StoredSession read = session(stored.get());
                // Threads are switched here: the reply is on its way.
                replies.incrementAndGet();
                return read;
            });
        }
    }

    void load(NearCache cache, SessionId id, Supplier<StoredSession> store) {
        long ticket = cache.ticket(id);
        cache.put(id, ticket, store.get());
    }

    /** A commit here, or one elsewhere that the store tells. */
    @Operation
    public void change() {
        stored.incrementAndGet();
        cache.changed(TOKEN.id());
    }

    @Operation(nonParallelGroup = LISTENER)
    public void flush() {
        stored.incrementAndGet();
        cache.allChanged();
    }

    /** Nobody tells of the change that comes in between. */
    @Operation(nonParallelGroup = LISTENER)
    public void connectAnew() {
        cache.lost();
        stored.incrementAndGet();
        cache.listening();
    }

    @Validate
    public void check() {
        StoredSession kept = cache.get(TOKEN.id(), 0);
        if (kept != null && kept.version() != stored.get()) {
            throw new AssertionError("version " + kept.version() + " is near, and " + stored.get() + " is stored");
        }
    }

    private static StoredSession session(long version) {
        return new StoredSession(TokenState.only(TOKEN.hash()), SessionData.empty(), Map.of(), version, NOW, null,
                NOW.plus(Duration.ofDays(1)), null, NOW);
    }
}
