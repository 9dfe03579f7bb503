package io.quarkiverse.imsession.runtime.schedules;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
 * Loads, commits and what the store tells of one session. The store tells of a change some time after it, and one thing after
 * another. When it has told all, nothing older than the stored session may be in the cache.
 */
public class NearCacheSchedules {

    private static final String LISTENER = "listener";
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final SessionToken TOKEN = SessionToken.generate(new SecureRandom());

    private final NearCache cache = NearAccess.cache(NOW);
    private final AtomicLong stored = new AtomicLong(1);
    private final Queue<Boolean> untold = new ConcurrentLinkedQueue<>();

    public NearCacheSchedules() {
        cache.listening();
    }

    @Operation
    public void load() {
        if (cache.get(TOKEN.id(), 0) == null) {
            load(cache, TOKEN.id(), () -> session(stored.get()));
        }
    }

    void load(NearCache cache, SessionId id, Supplier<StoredSession> store) {
        long ticket = cache.ticket(id);
        cache.put(id, ticket, store.get());
    }

    @Operation
    public void commit() {
        change();
        cache.changed(TOKEN.id());
    }

    /** By another instance. */
    @Operation
    public void change() {
        stored.incrementAndGet();
        untold.add(true);
    }

    @Operation(nonParallelGroup = LISTENER)
    public void tell() {
        if (untold.poll() != null) {
            cache.changed(TOKEN.id());
        }
    }

    @Operation(nonParallelGroup = LISTENER)
    public void flush() {
        stored.incrementAndGet();
        cache.allChanged();
    }

    /** What was not told by then is never told. */
    @Operation(nonParallelGroup = LISTENER)
    public void connectAnew() {
        cache.lost();
        untold.clear();
        cache.listening();
    }

    @Validate
    public void check() {
        while (!untold.isEmpty()) {
            tell();
        }
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
