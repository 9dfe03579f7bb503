package io.quarkiverse.imsession.runtime.store;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.spi.AppliedUpdate;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;

/** Keeps sessions in the memory of this process, in the same encoded form as Redis, and as many as it was told. */
public final class MemorySessionStore implements IndexedSessionStore {

    private final Clock clock;
    private final Cache<SessionId, StoredSession> sessions;

    private final MemoryPlaces places;

    public MemorySessionStore(long maxSessions) {
        this(maxSessions, SessionLimits.NONE);
    }

    /** @param limits how many sessions a value of a reference may have */
    public MemorySessionStore(long maxSessions, SessionLimits limits) {
        this(maxSessions, Clock.systemUTC(), limits);
    }

    MemorySessionStore(long maxSessions, Clock clock) {
        this(maxSessions, clock, SessionLimits.NONE);
    }

    MemorySessionStore(long maxSessions, Clock clock, SessionLimits limits) {
        this(maxSessions, clock, limits, ForkJoinPool.commonPool());
    }

    /** @param housekeeper drops what has expired or is too much */
    MemorySessionStore(long maxSessions, Clock clock, SessionLimits limits, Executor housekeeper) {
        this.clock = clock;
        this.sessions = Caffeine.newBuilder()
                .executor(housekeeper)
                .maximumSize(maxSessions)
                .ticker(() -> EndOfSession.nanos(clock.instant()))
                .expireAfter(new EndOfSession())
                .build();
        this.places = new MemoryPlaces(sessions.asMap(), limits);
    }

    /** How many there are, without those that have expired. */
    public long count() {
        sessions.cleanUp();
        return sessions.estimatedSize();
    }

    @Override
    public CompletionStage<@Nullable StoredSession> load(SessionId id) {
        StoredSession stored = sessions.getIfPresent(id);
        return CompletableFuture.completedFuture(stored == null ? null : stored.at(now()));
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        return places.taking(() -> places.makeRoom(id, SessionData.empty(), session.data(), null), () -> insert(id, session));
    }

    /** There is room for the new session before the old one is ended, so a limit that refuses the one leaves the other. */
    @Override
    public CompletionStage<Replaced> replace(SessionId old, Presented presented, SessionId id, NewSession session) {
        return places.taking(() -> isSuperseded(old, presented) ? List.of()
                : places.makeRoom(id, SessionData.empty(), session.data(), old), () -> {
                    DestroyResult result = end(old, presented);
                    return result == DestroyResult.SUPERSEDED ? CompletableFuture.completedFuture(new Replaced(result, null))
                            : insert(id, session).thenApply(created -> new Replaced(result, created));
                });
    }

    private boolean isSuperseded(SessionId id, Presented presented) {
        StoredSession stored = sessions.getIfPresent(id);
        return stored != null && !stored.token().check(presented).isValid();
    }

    private DestroyResult end(SessionId id, Presented presented) {
        AtomicReference<DestroyResult> result = new AtomicReference<>(DestroyResult.GONE);
        sessions.asMap().computeIfPresent(id, (key, stored) -> {
            boolean valid = stored.token().check(presented).isValid();
            result.set(valid ? DestroyResult.DESTROYED : DestroyResult.SUPERSEDED);
            return valid ? null : stored;
        });
        return result.get();
    }

    private CompletionStage<Created> insert(SessionId id, NewSession session) {
        Instant now = now();
        StoredSession stored = StoredSession.of(session, now);
        if (sessions.asMap().putIfAbsent(id, stored) != null) {
            return CompletableFuture.failedFuture(new SessionStoreException("The id " + id + " of a new session is taken"));
        }
        return CompletableFuture.completedFuture(new Created(now, stored.expires()));
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        return places.taking(() -> {
            StoredSession stored = sessions.getIfPresent(id);
            return stored == null || !isValid(stored, update.presented()) ? List.of()
                    : places.makeRoom(id, stored.data(), update.appliedTo(stored.data()), null);
        }, () -> apply(id, update));
    }

    private CompletionStage<UpdateResult> apply(SessionId id, SessionUpdate update) {
        AtomicReference<UpdateResult> result = new AtomicReference<>(new UpdateResult.Gone());
        sessions.asMap().computeIfPresent(id, (key, stored) -> {
            AppliedUpdate applied = AppliedUpdate.of(stored.at(now()), update);
            result.set(applied.result());
            return applied.session();
        });
        return CompletableFuture.completedFuture(result.get());
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        return CompletableFuture.completedFuture(places.leaving(() -> sessions.asMap().remove(id) != null));
    }

    @Override
    public CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
        AtomicReference<DestroyResult> result = new AtomicReference<>();
        places.leaving(() -> {
            result.set(end(id, presented));
            return true;
        });
        return CompletableFuture.completedFuture(result.get());
    }

    /** Looks at all sessions: an index of its own could only be wrong, and the memory of one process is searched fast. */
    @Override
    public CompletionStage<Page> find(Reference reference, @Nullable String after, int limit, @Nullable Set<String> fields) {
        CompletionStage<Page> page = page(session -> References.has(session.data(), reference), after, limit);
        return fields == null ? page : page.thenApply(all -> all.withOnly(References.with(reference, fields)));
    }

    @Override
    public CompletionStage<Page> findAll(@Nullable String after, int limit) {
        return page(session -> true, after, limit);
    }

    private CompletionStage<Page> page(Predicate<StoredSession> wanted, @Nullable String after, int limit) {
        if (after != null && SessionId.tryParse(after).isEmpty()) {
            throw Cursor.foreign();
        }
        String last = after == null ? "" : after;
        Instant now = now();
        NavigableMap<String, Found> page = new TreeMap<>();
        sessions.asMap().forEach((id, stored) -> {
            if (id.value().compareTo(last) > 0 && wanted.test(stored)) {
                page.put(id.value(), new Found(id, stored.at(now)));
                if (page.size() > limit + 1) {
                    page.pollLastEntry();
                }
            }
        });
        boolean more = page.size() > limit;
        if (more) {
            page.pollLastEntry();
        }
        return CompletableFuture.completedFuture(new Page(List.copyOf(page.values()), more ? page.lastKey() : null));
    }

    @Override
    public CompletionStage<Long> destroyAll(Reference reference, @Nullable SessionId kept, Consumer<SessionId> ended) {
        return destroyAll((id, session) -> !id.equals(kept) && References.has(session.data(), reference), ended);
    }

    @Override
    public CompletionStage<Long> destroyAll(Consumer<SessionId> ended) {
        return destroyAll((id, session) -> true, ended);
    }

    private CompletionStage<Long> destroyAll(BiPredicate<SessionId, StoredSession> wanted, Consumer<SessionId> ended) {
        Instant begin = now();
        long count = 0;
        for (SessionId id : sessions.asMap().keySet()) {
            StoredSession stored = sessions.getIfPresent(id);
            while (stored != null && !stored.created().isAfter(begin) && wanted.test(id, stored)) {
                StoredSession seen = stored;
                if (places.leaving(() -> sessions.asMap().remove(id, seen))) {
                    count++;
                    ended.accept(id);
                    break;
                }
                // It was changed meanwhile.
                stored = sessions.getIfPresent(id);
            }
        }
        return CompletableFuture.completedFuture(count);
    }

    private static boolean isValid(StoredSession stored, @Nullable Presented presented) {
        return presented == null || stored.token().check(presented).isValid();
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
