package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.log.Failures;
import io.quarkiverse.imsession.runtime.session.SessionMetrics.Operation;
import io.quarkiverse.imsession.runtime.store.MemoryClaims;
import io.quarkiverse.imsession.runtime.store.NearCache;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Scan;
import io.quarkiverse.imsession.spi.JournalStore;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/**
 * Calls the store, which may be a bean of the application. Every call of the store goes through here. A call that throws, or
 * returns null, becomes a failed stage. The metrics get the duration of each call, and the size of the stored data.
 */
public final class GuardedStore {

    private final SessionStore store;
    private final SessionMetrics metrics;
    private final @Nullable NearCache near;
    private final MemoryClaims claims = new MemoryClaims();

    public GuardedStore(SessionStore store, SessionMetrics metrics) {
        this(store, metrics, null);
    }

    /** @param near keeps sessions between requests; null for none */
    public GuardedStore(SessionStore store, SessionMetrics metrics, @Nullable NearCache near) {
        this.store = store;
        this.metrics = metrics;
        this.near = near;
    }

    /**
     * A session that is known without asking the store; null if the store must be asked.
     *
     * @param version the version of the session that the client has seen
     */
    @Nullable
    StoredSession known(SessionId id, long version) {
        return near == null ? null : near.get(id, version);
    }

    /** Loads a session from the store, and keeps it for {@link #known}. */
    CompletionStage<@Nullable StoredSession> loadAndKeep(SessionId id) {
        if (near == null) {
            return load(id);
        }
        metrics.near(false);
        long ticket = near.ticket(id);
        return load(id).thenApply(stored -> {
            near.put(id, ticket, stored);
            return stored;
        });
    }

    /** Lets the near cache forget a session as soon as a change by this instance is over, before the store tells of it. */
    private <T> CompletionStage<T> changing(SessionId id, CompletionStage<T> change) {
        return near == null ? change : change.whenComplete((result, failure) -> near.changed(id));
    }

    /** See {@link SessionStore#isTransactional()}. */
    public boolean isTransactional() {
        return store.isTransactional();
    }

    public CompletionStage<@Nullable StoredSession> load(SessionId id) {
        return call(Operation.LOAD, () -> store.load(id));
    }

    /** @param fields the names of the fields to read */
    public CompletionStage<@Nullable StoredSession> load(SessionId id, Set<String> fields) {
        return call(Operation.LOAD, () -> store.load(id, fields));
    }

    public CompletionStage<Created> create(SessionId id, NewSession session) {
        return call(Operation.CREATE, () -> store.create(id, session), (created, sent) -> sent.data(), session);
    }

    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        return changing(id, call(Operation.UPDATE, () -> store.update(id, update), GuardedStore::changedData, update));
    }

    /** See {@link SessionStore#hasToConfirm()}. */
    public boolean hasToConfirm() {
        return store.hasToConfirm();
    }

    public CompletionStage<@Nullable Void> confirm(SessionId id) {
        return call(Operation.CONFIRM, () -> store.confirm(id));
    }

    public CompletionStage<Boolean> destroy(SessionId id) {
        return changing(id, call(Operation.DESTROY, () -> store.destroy(id)));
    }

    public CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
        return changing(id, call(Operation.DESTROY, () -> store.destroy(id, presented)));
    }

    public CompletionStage<Replaced> replace(SessionId old, Presented presented, Duration grace, SessionId id,
            NewSession session) {
        return changing(old, call(Operation.REPLACE, () -> store.replace(old, presented, grace, id, session),
                (replaced, sent) -> replaced.created() == null ? null : sent.data(), session));
    }

    /** See {@link SessionStore#hasClaims()}. */
    public boolean hasClaims() {
        return store.hasClaims();
    }

    /** See {@link SessionStore#claim}. */
    public CompletionStage<String> claim(String name, String holder, Duration atMost) {
        return store.hasClaims() ? call(Operation.CLAIM, () -> store.claim(name, holder, atMost))
                : CompletableFuture.completedStage(claims.claim(name, holder, atMost));
    }

    /** See {@link SessionStore#holder}. */
    public CompletionStage<@Nullable String> holder(String name) {
        return store.hasClaims() ? call(Operation.CLAIM, () -> store.holder(name))
                : CompletableFuture.completedStage(claims.holder(name));
    }

    /** See {@link SessionStore#release}. */
    public CompletionStage<Boolean> release(String name, String holder) {
        return store.hasClaims() ? call(Operation.CLAIM, () -> store.release(name, holder))
                : CompletableFuture.completedStage(claims.release(name, holder));
    }

    /** Whether the store finds sessions by references. */
    public boolean isIndexed() {
        return store instanceof IndexedSessionStore;
    }

    /** @throws IllegalStateException if the store cannot find sessions by references */
    public Index index() {
        if (store instanceof IndexedSessionStore indexed) {
            return new Index(indexed);
        }
        throw new IllegalStateException("The session store " + store.getClass().getName()
                + " finds no sessions by references: let it implement IndexedSessionStore");
    }

    /** The journals of the store; null if it keeps none. */
    public @Nullable JournalStore journals() {
        return store instanceof JournalStore journals ? new Journals(journals) : null;
    }

    /** Calls a store that keeps journals. */
    private final class Journals implements JournalStore {

        private final JournalStore journals;

        private Journals(JournalStore journals) {
            this.journals = journals;
        }

        @Override
        public CompletionStage<@Nullable Void> appendToJournal(Reference reference, Map<String, String> entry, Limits limits) {
            return call(Operation.JOURNAL, () -> journals.appendToJournal(reference, entry, limits));
        }

        @Override
        public CompletionStage<List<StoredEntry>> readJournal(Reference reference, int most, Limits limits) {
            return call(Operation.JOURNAL, () -> journals.readJournal(reference, most, limits));
        }

        @Override
        public CompletionStage<Boolean> eraseJournal(Reference reference) {
            return call(Operation.JOURNAL, () -> journals.eraseJournal(reference));
        }
    }

    /** Calls a store that finds sessions by references. */
    public final class Index {

        private final IndexedSessionStore indexed;

        private Index(IndexedSessionStore indexed) {
            this.indexed = indexed;
        }

        public CompletionStage<Page> find(Reference reference, @Nullable String after, int limit,
                @Nullable Set<String> fields) {
            return call(Operation.FIND, () -> indexed.find(reference, after, limit, fields));
        }

        public CompletionStage<Page> findAll(@Nullable String after, int limit) {
            return call(Operation.FIND, () -> indexed.findAll(after, limit));
        }

        public Scan scan(Reference reference, int limit, @Nullable Set<String> fields) {
            return scan(() -> indexed.scan(reference, limit, fields));
        }

        public Scan scanAll(int limit) {
            return scan(() -> indexed.scanAll(limit));
        }

        public CompletionStage<Long> destroyAll(Reference reference, @Nullable SessionId kept, Consumer<SessionId> ended) {
            return call(Operation.DESTROY_ALL, () -> indexed.destroyAll(reference, kept, forgotten(ended)));
        }

        public CompletionStage<Long> destroyEverySession(Consumer<SessionId> ended) {
            return call(Operation.DESTROY_ALL, () -> indexed.destroyEverySession(forgotten(ended)));
        }

        private Consumer<SessionId> forgotten(Consumer<SessionId> ended) {
            return near == null ? ended : id -> {
                near.changed(id);
                ended.accept(id);
            };
        }

        /** Each page is a separate call. */
        private Scan scan(Supplier<Scan> begin) {
            Scan pages = begun(begin);
            return () -> call(Operation.FIND, pages::next);
        }

        private Scan begun(Supplier<Scan> begin) {
            try {
                return present(Operation.FIND, begin.get());
            } catch (Throwable e) {
                return () -> CompletableFuture.failedStage(e);
            }
        }
    }

    private <T extends @Nullable Object> CompletionStage<T> call(Operation operation, Supplier<CompletionStage<T>> call) {
        return call(operation, call, (result, sent) -> null, null);
    }

    /** @param stored the stored data, as a function of the answer; null if none was stored */
    private <T extends @Nullable Object, S extends @Nullable Object> CompletionStage<T> call(Operation operation,
            Supplier<CompletionStage<T>> call, BiFunction<T, S, @Nullable SessionData> stored, S sent) {
        if (metrics == SessionMetrics.NONE) {
            return guarded(operation, call);
        }
        long begin = System.nanoTime();
        return guarded(operation, call).whenComplete((result, failure) -> {
            metrics.called(operation, System.nanoTime() - begin, failure != null && isFailure(Failures.unwrap(failure)));
            SessionData data = failure == null ? stored.apply(result, sent) : null;
            if (data != null) {
                metrics.stored(data.sizeInBytes());
            }
        });
    }

    private <T extends @Nullable Object> CompletionStage<T> guarded(Operation operation, Supplier<CompletionStage<T>> call) {
        try {
            return present(operation, call.get());
        } catch (Throwable e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private <T> T present(Operation operation, @Nullable T answer) {
        if (answer == null) {
            throw new SessionStoreException("The session store " + store.getClass().getName()
                    + " returned null instead of a stage when it was asked to " + operation.verb());
        }
        return answer;
    }

    /** Whether the store has failed. A refusal for a limit or an invalid argument is no failure. */
    private static boolean isFailure(Throwable cause) {
        return !(cause instanceof SessionLimitException) && !(cause instanceof IllegalArgumentException);
    }

    private static @Nullable SessionData changedData(UpdateResult result, SessionUpdate update) {
        if (!(result instanceof Updated)) {
            return null;
        }
        SessionData before = update.basis().data();
        SessionData after = update.appliedTo(before);
        return after == before ? null : after;
    }
}
