package io.quarkiverse.imsession.runtime.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionException;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.spi.AppliedUpdate;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.JournalStore;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;

/** Keeps a limited number of sessions in the memory of this process, in the same encoded form as the other stores. */
public final class MemorySessionStore implements IndexedSessionStore, JournalStore {

    private final Clock clock;
    private final SessionLimits limits;
    /** Guarded by itself. */
    private final MemorySessions sessions;
    private final MemoryLimits memoryLimits;
    /** Guarded by {@link #sessions}. */
    private final MemoryReplaced replaced = new MemoryReplaced();
    private final MemoryClaims claims;
    private final MemoryJournals journals;

    /** @param limits the limits on the number of sessions of a reference */
    public MemorySessionStore(long maxSessions, SessionLimits limits) {
        this(maxSessions, new SteadyClock(), limits);
    }

    public MemorySessionStore(long maxSessions, Clock clock, SessionLimits limits) {
        this.clock = clock;
        this.limits = limits;
        this.sessions = new MemorySessions(maxSessions);
        this.claims = new MemoryClaims(clock);
        this.journals = new MemoryJournals(clock);
        this.memoryLimits = new MemoryLimits(sessions, limits);
    }

    /** The number of sessions that have not expired. */
    public long count() {
        synchronized (sessions) {
            return sessions.count(now());
        }
    }

    @Override
    public CompletionStage<@Nullable StoredSession> load(SessionId id) {
        return alone((now, ended) -> known(id, now));
    }

    /** A session, or the remainder of a replaced one. */
    private @Nullable StoredSession known(SessionId id, Instant now) {
        StoredSession stored = sessions.use(id, now);
        return stored == null ? replaced.get(id, now) : stored.at(now);
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        return alone((now, ended) -> {
            refuseTaken(id, now);
            ended.putAll(memoryLimits.makeRoom(id, SessionData.empty(), session.data(), null, now));
            return insert(id, session, now);
        });
    }

    /**
     * Room for the new session is made before the old one is ended. So if a limit refuses the new session, the old one stays.
     */
    @Override
    public CompletionStage<Replaced> replace(SessionId old, Presented presented, Duration grace, SessionId id,
            NewSession session) {
        return alone((now, ended) -> {
            if (isSuperseded(old, presented, now)) {
                return new Replaced(DestroyResult.SUPERSEDED, null);
            }
            refuseTaken(id, now);
            ended.putAll(memoryLimits.makeRoom(id, SessionData.empty(), session.data(), old, now));
            StoredSession before = sessions.use(old, now);
            if (before != null && !grace.isZero()) {
                replaced.put(old, before.at(now).replaced(grace));
            }
            return new Replaced(remove(old, now), insert(id, session, now));
        });
    }

    private void refuseTaken(SessionId id, Instant now) {
        if (sessions.use(id, now) != null) {
            throw new SessionStoreException("The id " + id + " of a new session is taken");
        }
    }

    private Created insert(SessionId id, NewSession session, Instant now) {
        StoredSession stored = StoredSession.of(session, now);
        sessions.put(id, stored, now);
        return new Created(now, stored.expiresAt());
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        return alone((now, ended) -> {
            StoredSession stored = sessions.use(id, now);
            if (stored == null) {
                return new UpdateResult.Gone();
            }
            AppliedUpdate applied = AppliedUpdate.of(stored.at(now), update);
            StoredSession after = applied.session();
            if (after == null) {
                sessions.remove(id, now);
            } else {
                ended.putAll(memoryLimits.makeRoom(id, stored.data(), after.data(), null, now));
                sessions.put(id, after, now);
            }
            return applied.result();
        });
    }

    @Override
    public boolean isTransactional() {
        return true;
    }

    @Override
    public CompletionStage<String> claim(String name, String holder, Duration atMost) {
        return CompletableFuture.completedFuture(claims.claim(name, holder, atMost));
    }

    @Override
    public CompletionStage<@Nullable String> holder(String name) {
        return CompletableFuture.completedFuture(claims.holder(name));
    }

    @Override
    public CompletionStage<Boolean> release(String name, String holder) {
        return CompletableFuture.completedFuture(claims.release(name, holder));
    }

    @Override
    public boolean hasClaims() {
        return true;
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        return alone((now, ended) -> sessions.remove(id, now));
    }

    @Override
    public CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
        return alone((now, ended) -> {
            return isSuperseded(id, presented, now) ? DestroyResult.SUPERSEDED : remove(id, now);
        });
    }

    private boolean isSuperseded(SessionId id, Presented presented, Instant now) {
        StoredSession stored = known(id, now);
        return stored != null && !stored.token().isValid(presented);
    }

    private DestroyResult remove(SessionId id, Instant now) {
        return sessions.remove(id, now) ? DestroyResult.DESTROYED : DestroyResult.GONE;
    }

    /** Visits all sessions. The memory of one process is searched fast, so an index is not worth its complexity. */
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
            throw new ForeignCursorException();
        }
        String last = after == null ? "" : after;
        Instant now = now();
        NavigableMap<String, Found> page = new TreeMap<>();
        for (Found found : living()) {
            if (found.id().value().compareTo(last) > 0 && wanted.test(found.session())) {
                page.put(found.id().value(), new Found(found.id(), found.session().at(now).withoutPrivate()));
                if (page.size() > limit + 1) {
                    page.pollLastEntry();
                }
            }
        }
        boolean more = page.size() > limit;
        if (more) {
            page.pollLastEntry();
        }
        return CompletableFuture.completedFuture(new Page(List.copyOf(page.values()), more ? page.lastKey() : null));
    }

    @Override
    public CompletionStage<Long> destroyAll(Reference reference, @Nullable SessionId kept, Consumer<SessionId> ended) {
        return destroyAll(found -> !found.id().equals(kept) && References.has(found.session().data(), reference), ended);
    }

    @Override
    public CompletionStage<Long> destroyEverySession(Consumer<SessionId> ended) {
        return destroyAll(found -> true, ended);
    }

    private CompletionStage<Long> destroyAll(Predicate<Found> wanted, Consumer<SessionId> ended) {
        long count = 0;
        for (Found found : living()) {
            if (wanted.test(found) && removeIf(found.id(), wanted)) {
                count++;
                ended.accept(found.id());
            }
        }
        return CompletableFuture.completedFuture(count);
    }

    /** Removes a session, unless it has changed since it was found and no longer fulfils the condition. */
    private boolean removeIf(SessionId id, Predicate<Found> wanted) {
        synchronized (sessions) {
            Instant now = now();
            StoredSession stored = sessions.use(id, now);
            return stored != null && wanted.test(new Found(id, stored)) && sessions.remove(id, now);
        }
    }

    /** A copy of the sessions, which is searched without delaying other threads. */
    private List<Found> living() {
        synchronized (sessions) {
            return sessions.living(now(), found -> true);
        }
    }

    @Override
    public CompletionStage<@Nullable Void> appendToJournal(Reference reference, Map<String, String> entry, Limits kept) {
        journals.append(reference, entry, kept);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<List<StoredEntry>> readJournal(Reference reference, int most, Limits kept) {
        return CompletableFuture.completedFuture(journals.read(reference, most, kept));
    }

    @Override
    public CompletionStage<Boolean> eraseJournal(Reference reference) {
        return CompletableFuture.completedFuture(journals.erase(reference));
    }

    /**
     * Runs an operation on the sessions atomically.
     *
     * @param operation gets the time, and adds the sessions that it evicts, with the references that were full
     */
    private <T extends @Nullable Object> CompletionStage<T> alone(BiFunction<Instant, Map<SessionId, Reference>, T> operation) {
        Map<SessionId, Reference> ended = new LinkedHashMap<>();
        T result;
        synchronized (sessions) {
            try {
                result = operation.apply(now(), ended);
            } catch (SessionException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        ended.forEach(limits.onEnded());
        return CompletableFuture.completedFuture(result);
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
