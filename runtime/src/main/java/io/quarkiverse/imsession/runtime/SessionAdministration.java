package io.quarkiverse.imsession.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.SessionPage;
import io.quarkiverse.imsession.SessionTooLargeException;
import io.quarkiverse.imsession.runtime.store.RedisKeys;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Works on sessions from outside of their requests. */
final class SessionAdministration implements ReactiveImSessions {

    private static final int BATCH = 256;

    private final SessionStore store;
    private final SessionPolicy policy;
    private final SessionEvents events;
    private final RedisKeys keys;
    private final Set<String> references;

    SessionAdministration(SessionStore store, SessionPolicy policy, SessionEvents events, RedisKeys keys,
            Set<String> references) {
        this.store = store;
        this.policy = policy;
        this.events = events;
        this.keys = keys;
        this.references = references;
    }

    @Override
    public Uni<Optional<SessionInfo>> get(SessionId id) {
        return load(id).map(stored -> Optional.ofNullable(stored).map(session -> info(id, session)));
    }

    @Override
    public Uni<SessionPage> list(String field, Object value, int size) {
        return page(reference(field, value), null, checked(size)).map(SessionAdministration::toSessionPage);
    }

    @Override
    public Uni<SessionPage> list(String field, Object value, int size, String next) {
        return page(reference(field, value), next, checked(size)).map(SessionAdministration::toSessionPage);
    }

    @Override
    public Uni<Long> count(String field, Object value) {
        return sum(pages(reference(field, value)).map(page -> (long) page.sessions().size()));
    }

    @Override
    public Uni<Boolean> update(SessionId id, SessionData fields) {
        return update(id, basis -> {
            SessionUpdate update = new SessionUpdate(basis, null, fields.toJson(), Set.of(), TokenChange.KEEP, null);
            long size = update.appliedTo(basis.data()).sizeInBytes();
            if (size > policy.maxSize()) {
                throw new SessionTooLargeException(size, policy.maxSize());
            }
            return update;
        });
    }

    @Override
    public Uni<Boolean> unset(SessionId id, String... fields) {
        return update(id, basis -> new SessionUpdate(basis, null, Map.of(), Set.of(fields), TokenChange.KEEP, null));
    }

    @Override
    public Uni<Boolean> touch(SessionId id) {
        return extend(id, policy.expiry(null));
    }

    @Override
    public Uni<Boolean> touch(SessionId id, Duration timeout) {
        return extend(id, policy.expiry(RequestSession.checkedTimeout(timeout)));
    }

    private Uni<Boolean> extend(SessionId id, Expiry expiry) {
        return update(id, basis -> new SessionUpdate(basis, null, Map.of(), Set.of(), TokenChange.KEEP, expiry));
    }

    @Override
    public Uni<Boolean> destroy(SessionId id) {
        return stage(() -> store.destroy(id)).invoke(ended -> {
            if (ended) {
                events.fire(new Destroyed(id, Destroyed.Cause.ADMIN));
            }
        });
    }

    @Override
    public Uni<Long> destroyAll(String field, Object value) {
        return destroyEach(reference(field, value), found -> true);
    }

    @Override
    public Uni<Long> destroyOthers(String field, Object value, SessionId kept) {
        return destroyEach(reference(field, value), found -> !found.id().equals(kept));
    }

    @Override
    public String getKey(SessionId id) {
        return keys.session(id);
    }

    @Override
    public String getReferenceKey(String field, Object value) {
        return keys.reference(reference(field, value));
    }

    /** Spares what was created after the call, by the store's clock: new sessions may come faster than old ones go. */
    private Uni<Long> destroyEach(Reference reference, Predicate<Found> wanted) {
        AtomicReference<@Nullable Instant> call = new AtomicReference<>();
        return sum(pages(reference).onItem().transformToUniAndConcatenate(page -> destroyEach(page.sessions().stream()
                .filter(found -> !found.session().created().isAfter(begin(call, found.session())))
                .filter(wanted).toList())));
    }

    private static Instant begin(AtomicReference<@Nullable Instant> call, StoredSession first) {
        call.compareAndSet(null, first.now());
        return call.get();
    }

    private Uni<Long> destroyEach(List<Found> sessions) {
        return sum(Multi.createFrom().iterable(sessions).onItem().transformToUni(found -> destroy(found.id())).merge(BATCH)
                .map(ended -> ended ? 1L : 0L));
    }

    private static Uni<Long> sum(Multi<Long> numbers) {
        return numbers.collect().with(Collectors.summingLong(Long::longValue));
    }

    private Multi<Page> pages(Reference reference) {
        return Multi.createBy().repeating()
                .uni(() -> new AtomicReference<@Nullable String>(),
                        next -> page(reference, next.get(), BATCH).invoke(page -> next.set(page.next())))
                .whilst(page -> page.next() != null);
    }

    private Uni<Page> page(Reference reference, @Nullable String after, int size) {
        if (store instanceof IndexedSessionStore indexed) {
            return stage(() -> indexed.find(reference, after, size));
        }
        throw new IllegalStateException("The session store " + store.getClass().getName()
                + " finds no sessions by references: let it implement IndexedSessionStore");
    }

    private Uni<Boolean> update(SessionId id, Function<StoredSession, SessionUpdate> update) {
        return load(id).flatMap(basis -> {
            if (basis == null) {
                return Uni.createFrom().item(false);
            }
            SessionUpdate wanted = update.apply(basis);
            return stage(() -> store.update(id, wanted)).map(UpdateResult.Updated.class::isInstance);
        });
    }

    private Uni<@Nullable StoredSession> load(SessionId id) {
        return stage(() -> store.load(id));
    }

    private static <T> Uni<T> stage(Supplier<CompletionStage<T>> call) {
        return Uni.createFrom().completionStage(() -> StoreFailures.guard(call)).onFailure()
                .transform(StoreFailures::asSessionException);
    }

    private Reference reference(String field, Object value) {
        if (!references.contains(field)) {
            throw new IllegalArgumentException(
                    "Sessions are not found by '" + field + "': set quarkus.imsession.references.\"" + field
                            + "\".indexed=true, or use one of " + references);
        }
        return Reference.of(field, value);
    }

    private static SessionPage toSessionPage(Page page) {
        return new SessionPage(page.sessions().stream().map(found -> info(found.id(), found.session())).toList(),
                Optional.ofNullable(page.next()));
    }

    private static SessionInfo info(SessionId id, StoredSession session) {
        return new SessionInfo(id, session.data(), session.created(), Optional.ofNullable(session.renewed()),
                session.expires());
    }

    private static int checked(int size) {
        if (size < 1 || size > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("A page has 1 to " + MAX_PAGE_SIZE + " sessions, " + size + " were asked for");
        }
        return size;
    }
}
