package io.quarkiverse.imsession.runtime.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionChanges;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenState;

/**
 * Sessions as they were loaded last, in the memory of this process. A session leaves it as soon as the store tells that it has
 * changed. When the store has been silent for too long, nothing is given out.
 * <p>
 * A load that began before a change was told may have read the session before or after that change. So a load takes a ticket
 * when it begins, and its result is kept only if no change was told since.
 */
public final class NearCache implements SessionChanges.Listener {

    /** The ticket of a load whose result cannot be kept. */
    public static final long NO_TICKET = -1;

    /** Sessions share counters of changes by their ids: a change of one session may keep another from being kept once. */
    private static final int COUNTERS = 1 << 12;
    private static final int CHANGE_BITS = 40;
    private static final long CHANGES = (1L << CHANGE_BITS) - 1;
    /** What an entry takes besides its data: objects, hashes, times. */
    private static final int OVERHEAD = 600;
    /** What a field takes besides its text: an entry of a map, two strings with their arrays, and its value. */
    private static final int OVERHEAD_OF_FIELD = 200;
    /** What an element of a list or an object takes besides its text, if a record was read from it. */
    private static final int OVERHEAD_OF_ELEMENT = 64;
    /** A field is kept as a text, and as the values that were read from it, each with two bytes for a character at most. */
    private static final int BYTES_OF_CHARACTER = 4;

    private final Cache<SessionId, Kept> sessions;
    private final SessionChanges store;
    private final long maxSilenceNanos;
    private final LongSupplier nanos;
    private final Consumer<SessionId> expired;
    private final AtomicLongArray changes = new AtomicLongArray(COUNTERS);
    /**
     * Odd while the store tells changes; another number whenever it begins or ceases to do so, or everything may have changed.
     */
    private final AtomicLong period = new AtomicLong();
    private volatile long upToDate;

    /**
     * @param maxBytes the memory that the sessions may take, by an estimate
     * @param maxSilence how long the store may be silent until nothing is given out
     * @param expired gets the id of each kept session that has expired
     */
    public NearCache(long maxSessions, long maxBytes, Duration maxSilence, SessionChanges store, Consumer<SessionId> expired) {
        this(maxSessions, maxBytes, maxSilence, store, expired, System::nanoTime);
    }

    NearCache(long maxSessions, long maxBytes, Duration maxSilence, SessionChanges store, Consumer<SessionId> expired,
            LongSupplier nanos) {
        int least = (int) Math.min(Integer.MAX_VALUE, Math.max(1, maxBytes / maxSessions));
        this.sessions = Caffeine.newBuilder().maximumWeight(maxBytes)
                .weigher((SessionId id, Kept kept) -> Math.max(least, weight(kept.session))).executor(Runnable::run)
                .build();
        this.store = store;
        this.maxSilenceNanos = maxSilence.toNanos();
        this.nanos = nanos;
        this.expired = expired;
    }

    private static int weight(StoredSession session) {
        return (int) Math.min(Integer.MAX_VALUE, OVERHEAD + weight(session.data().toJson()) + weight(session.attributes()));
    }

    private static long weight(Map<String, String> fields) {
        long weight = 0;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            weight += OVERHEAD_OF_FIELD + (long) BYTES_OF_CHARACTER * (field.getKey().length() + field.getValue().length())
                    + (long) OVERHEAD_OF_ELEMENT * elements(field.getValue());
        }
        return weight;
    }

    /** The number of elements of a JSON text, or more. */
    private static int elements(String json) {
        int elements = 0;
        if (json.startsWith("[") || json.startsWith("{")) {
            for (int i = 0; i < json.length(); i++) {
                switch (json.charAt(i)) {
                    case '[', '{', ',', ':' -> elements++;
                    default -> {
                    }
                }
            }
        }
        return elements;
    }

    /**
     * A session as the store has it, as far as is known; null if the store must be asked.
     *
     * @param version the version of the session that the client has seen; an earlier one is not given out
     */
    public @Nullable StoredSession get(SessionId id, long version) {
        if (!isListening() || nanos.getAsLong() - upToDate > maxSilenceNanos) {
            return null;
        }
        Kept kept = sessions.getIfPresent(id);
        if (kept == null || kept.period != period.get() || kept.session.version() < version) {
            return null;
        }
        StoredSession session = kept.session;
        Instant now = store.now();
        return Lifetime.isOver(session, now) || isTokenInGrace(session.token(), now) ? null : session.at(now);
    }

    /**
     * Whether clients may still have a replaced token. A change that they make by it tells them no version.
     */
    private static boolean isTokenInGrace(TokenState token, Instant now) {
        return token.graceEnds() != null && now.isBefore(token.graceEnds());
    }

    /** The ticket of a load that begins now; {@link #NO_TICKET} if its result cannot be kept. */
    public long ticket(SessionId id) {
        long current = period.get();
        return isOdd(current) ? ticket(current, changes.get(counter(id))) : NO_TICKET;
    }

    /** Keeps the result of a load, unless a change was told since the load took its ticket. */
    public void put(SessionId id, long ticket, @Nullable StoredSession session) {
        if (ticket == NO_TICKET || session == null || session.isReplaced()) {
            return;
        }
        sessions.asMap().compute(id, (key, known) -> {
            long current = period.get();
            boolean unchanged = ticket == ticket(current, changes.get(counter(id)));
            boolean isOlder = known != null && known.period == current && known.session.version() > session.version();
            return unchanged && !isOlder ? new Kept(current, session.shared()) : known;
        });
    }

    private boolean isListening() {
        return isOdd(period.get());
    }

    private static boolean isOdd(long number) {
        return (number & 1) == 1;
    }

    private static long ticket(long period, long changes) {
        return (period << CHANGE_BITS | changes & CHANGES) & Long.MAX_VALUE;
    }

    private static int counter(SessionId id) {
        return id.hashCode() * 0x9E3779B9 >>> 20;
    }

    @Override
    public void listening() {
        period.updateAndGet(current -> isOdd(current) ? current : current + 1);
    }

    @Override
    public void alive(long time) {
        upToDate = time;
    }

    @Override
    public void changed(SessionId id) {
        // The counter comes first: a load that finishes now must not put back what is removed.
        changes.incrementAndGet(counter(id));
        Kept known = sessions.asMap().remove(id);
        if (known != null && Lifetime.isOver(known.session, store.now())) {
            expired.accept(id);
        }
    }

    /** A session of this version stays: this instance has made that change itself, or read it already. */
    @Override
    public void changed(SessionId id, long version) {
        Kept known = version == 0 ? null : sessions.getIfPresent(id);
        if (known == null || known.session.version() < version) {
            changed(id);
        } else {
            changes.incrementAndGet(counter(id));
        }
    }

    @Override
    public void allChanged() {
        period.updateAndGet(current -> isOdd(current) ? current + 2 : current);
        sessions.invalidateAll();
    }

    @Override
    public void lost() {
        period.updateAndGet(current -> isOdd(current) ? current + 1 : current);
        sessions.invalidateAll();
    }

    /**
     * A session that is kept.
     *
     * @param period the period in which it was loaded, as it is worth nothing in another one
     */
    private record Kept(long period, StoredSession session) {
    }

    /** The number of sessions that are kept, about. */
    public long size() {
        return sessions.estimatedSize();
    }
}
