package io.quarkiverse.imsession.runtime.admin;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.FieldReads;
import io.quarkiverse.imsession.JournalEntry;
import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.PageRequest;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.SessionPage;
import io.quarkiverse.imsession.SessionTooLargeException;
import io.quarkiverse.imsession.runtime.config.SecurityConfig.QuarkusCookies;
import io.quarkiverse.imsession.runtime.device.DeviceBinding;
import io.quarkiverse.imsession.runtime.journal.Party;
import io.quarkiverse.imsession.runtime.journal.SessionJournal;
import io.quarkiverse.imsession.runtime.log.Failures;
import io.quarkiverse.imsession.runtime.session.Acting;
import io.quarkiverse.imsession.runtime.session.Attributes;
import io.quarkiverse.imsession.runtime.session.AuthenticationTime;
import io.quarkiverse.imsession.runtime.session.ChangeFunction;
import io.quarkiverse.imsession.runtime.session.Contexts;
import io.quarkiverse.imsession.runtime.session.EndedUsers;
import io.quarkiverse.imsession.runtime.session.FieldChanges;
import io.quarkiverse.imsession.runtime.session.FieldNames;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.SessionEvents;
import io.quarkiverse.imsession.runtime.session.SessionPolicy;
import io.quarkiverse.imsession.runtime.session.StoreFailures;
import io.quarkiverse.imsession.runtime.session.UpdateTurns;
import io.quarkiverse.imsession.runtime.store.ForeignCursorException;
import io.quarkiverse.imsession.spi.AppliedUpdate;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.TooLarge;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Finds and changes sessions outside of their requests. {@link SessionEnds} ends them, {@link Transaction} repeats updates. */
public final class SessionAdministration implements ReactiveImSessions {

    private static final Party ADMINISTRATION = Party.of(Cause.ADMINISTRATION);
    private static final Party PROVIDER = Party.of(Cause.PROVIDER);

    private static final int BATCH = 256;

    private final GuardedStore store;
    private final UpdateTurns turns;
    private final SessionPolicy policy;
    private final SessionEvents events;
    private final Set<String> references;
    private final SessionJournal journal;
    private final SessionEnds ends;

    public SessionAdministration(GuardedStore store, UpdateTurns turns, SessionPolicy policy, SessionEvents events,
            Set<String> references) {
        this(store, turns, policy, events, references, new EndedUsers(store, QuarkusCookies.REFUSE));
    }

    /** @param users gets those whose sessions are ended */
    public SessionAdministration(GuardedStore store, UpdateTurns turns, SessionPolicy policy, SessionEvents events,
            Set<String> references, EndedUsers users) {
        this.store = store;
        this.turns = turns;
        this.policy = policy;
        this.events = events;
        this.references = references;
        this.journal = events.journal();
        this.ends = new SessionEnds(store, users, events, policy.allowsActing());
    }

    @Override
    public Uni<Optional<SessionInfo>> get(SessionId id) {
        return load(id).map(stored -> Optional.ofNullable(stored).map(session -> info(id, session, policy)));
    }

    @Override
    public Uni<Optional<SessionInfo>> get(SessionId id, Set<String> fields) {
        Set<String> names = FieldNames.of(fields);
        return living(() -> store.load(id, names))
                .map(stored -> Optional.ofNullable(stored).map(session -> info(id, session, policy)));
    }

    @Override
    public Uni<SessionPage> list(String field, Object value, int size) {
        return list(field, value, PageRequest.ofSize(size));
    }

    @Override
    public Uni<SessionPage> list(String field, Object value, PageRequest page) {
        return find(field, value, page).map(this::toSessionPage);
    }

    /** The page as the store has it, see {@link #list(String, Object, PageRequest)}. */
    public Uni<Page> find(String field, Object value, PageRequest page) {
        Reference reference = reference(field, value);
        GuardedStore.Index index = store.index();
        Set<String> fields = FieldNames.of(page);
        return page(page, () -> index.find(reference, page.after().orElse(null), page.size(), fields));
    }

    @Override
    public Uni<SessionPage> list(PageRequest page) {
        GuardedStore.Index index = store.index();
        Set<String> fields = FieldNames.of(page);
        return page(page, () -> index.findAll(page.after().orElse(null), page.size()))
                .map(found -> toSessionPage(fields == null ? found : found.withOnly(fields)));
    }

    @Override
    public Multi<SessionInfo> stream(String field, Object value) {
        return pages(field, value, null).multi();
    }

    @Override
    public Multi<SessionInfo> stream(String field, Object value, Set<String> fields) {
        return pages(field, value, FieldNames.of(fields)).multi();
    }

    @Override
    public Multi<SessionInfo> stream() {
        return pages().multi();
    }

    @Override
    public Uni<Long> count(String field, Object value) {
        return pages(field, value, Set.of()).count();
    }

    @Override
    public Uni<Long> count() {
        return pages().count();
    }

    SessionPages pages(String field, Object value, @Nullable Set<String> fields) {
        Reference reference = reference(field, value);
        GuardedStore.Index index = store.index();
        return new SessionPages(() -> index.scan(reference, BATCH, fields), policy);
    }

    SessionPages pages() {
        GuardedStore.Index index = store.index();
        return new SessionPages(() -> index.scanAll(BATCH), policy);
    }

    @Override
    public Uni<Boolean> update(SessionId id, SessionData fields) {
        ChangeFunction.checkNotWithin("ImSessions.update()");
        // All fields are written, also those that have not changed.
        policy.checkFields(fields, SessionData.empty());
        return changed(id, basis -> ofFields(basis, fields.toJson(), Set.of(), Expected.NOTHING));
    }

    @Override
    public Uni<Boolean> update(SessionId id, UnaryOperator<SessionData> change) {
        Objects.requireNonNull(change, "change");
        return Uni.createFrom().deferred(() -> {
            Transaction transaction = transaction(id, change);
            // Another caller may let this transaction go on, in its own context.
            return load(id).flatMap(basis -> repeat(transaction, basis)).onTermination().invoke(transaction::close)
                    .emitOn(Contexts.ofCaller());
        });
    }

    private static Uni<Boolean> repeat(Transaction transaction, @Nullable StoredSession basis) {
        return transaction.isOver(basis) ? Uni.createFrom().item(transaction.isUpdated())
                : transaction.store(transaction.update(basis)).flatMap(changed -> repeat(transaction, changed.orElse(null)));
    }

    /** An update that is repeated while others disturb it. */
    Transaction transaction(SessionId id, UnaryOperator<SessionData> change) {
        ChangeFunction.checkNotWithin("ImSessions.update()");
        return new Transaction(this, turns, id, Objects.requireNonNull(change, "change"));
    }

    /** The update for the result of a function, or null if the function changes nothing. */
    @Nullable
    SessionUpdate changedBy(SessionId id, StoredSession basis, UnaryOperator<SessionData> change) {
        FieldReads reads = new FieldReads(basis.data());
        SessionData after = Objects.requireNonNull(reads.apply(basis.data(), data -> ChangeFunction.call(id, change, data)),
                "The function given to ImSessions.update() returned null. To end the session call destroy()");
        if (after.equals(basis.data())) {
            return null;
        }
        policy.checkFields(after, basis.data());
        return ofFields(basis, FieldChanges.set(basis.data(), after), FieldChanges.removed(basis.data(), after),
                Expected.of(reads));
    }

    /** @throws SessionTooLargeException if the session would be too large */
    private SessionUpdate ofFields(StoredSession basis, Map<String, String> set, Set<String> removed, Expected expected) {
        SessionUpdate update = new SessionUpdate(basis, null, set, removed, TokenChange.KEEP, null, policy.maxSize(),
                expected);
        TooLarge tooLarge = update.tooLarge(basis);
        if (tooLarge != null) {
            throw exception(tooLarge);
        }
        return update;
    }

    @Override
    public Uni<Boolean> unset(SessionId id, String... fields) {
        ChangeFunction.checkNotWithin("ImSessions.unset()");
        Set<String> names = FieldNames.of(fields);
        return changed(id, basis -> new SessionUpdate(basis, null, Map.of(), names, TokenChange.KEEP, null));
    }

    /** Sets an attribute of a session that was loaded. False if there is none any more. */
    public Uni<Boolean> attribute(SessionId id, StoredSession basis, String name, String text) {
        return store(id, new SessionUpdate(basis, null, Map.of(name, text), Set.of(), TokenChange.KEEP, null))
                .map(this::isUpdated);
    }

    @Override
    public Uni<Boolean> touch(SessionId id) {
        return extend(id, policy.expiry(null));
    }

    @Override
    public Uni<Boolean> touch(SessionId id, Duration timeout) {
        return extend(id, policy.expiry(SessionPolicy.checkedTimeout(timeout)));
    }

    private Uni<Boolean> extend(SessionId id, Expiry expiry) {
        ChangeFunction.checkNotWithin("ImSessions.touch()");
        return changed(id, basis -> new SessionUpdate(basis, null, Map.of(), Set.of(), TokenChange.KEEP,
                Acting.limited(expiry, basis)));
    }

    @Override
    public Uni<Boolean> destroy(SessionId id) {
        return destroy(id, ADMINISTRATION);
    }

    /** Ends a session as {@link #destroy(SessionId)} does, and has the journal tell who did. */
    public Uni<Boolean> destroy(SessionId id, Party by) {
        ChangeFunction.checkNotWithin("ImSessions.destroy()");
        return stage(() -> ends.one(id, by));
    }

    @Override
    public Uni<Long> destroyAll(String field, Object value) {
        return destroyAll(reference(field, value), null, true, ADMINISTRATION);
    }

    /** Ends sessions as {@link #destroyAll(String, Object)} does, as a provider of log-ins has told. */
    public Uni<Long> destroyAllByProvider(String field, Object value) {
        return destroyAll(reference(field, value), null, true, PROVIDER);
    }

    /**
     * Ends sessions as {@link #destroyAll(String, Object)} does, but leaves cookies of the time before sessions valid. Notes
     * about them stay in the store for long, so this is for requests that anybody can send: those of a provider that logs users
     * out.
     */
    public Uni<Long> destroyAllButCookies(String field, Object value) {
        return destroyAll(reference(field, value), null, false, PROVIDER);
    }

    @Override
    public Uni<Long> destroyOthers(String field, Object value, SessionId kept) {
        return destroyOthers(field, value, kept, ADMINISTRATION);
    }

    /** Ends sessions as {@link #destroyOthers(String, Object, SessionId)} does, and has the journal tell who did. */
    public Uni<Long> destroyOthers(String field, Object value, SessionId kept, Party by) {
        return destroyAll(reference(field, value), Objects.requireNonNull(kept, "kept"), true, by);
    }

    private Uni<Long> destroyAll(Reference reference, @Nullable SessionId kept, boolean cookies, Party by) {
        ChangeFunction.checkNotWithin("ImSessions.destroyAll()");
        GuardedStore.Index index = store.index();
        return stage(() -> ends.all(index, reference, kept, cookies, by));
    }

    @Override
    public Uni<Long> destroyEverySession() {
        ChangeFunction.checkNotWithin("ImSessions.destroyEverySession()");
        GuardedStore.Index index = store.index();
        return stage(() -> ends.every(index, ADMINISTRATION));
    }

    @Override
    public Uni<List<JournalEntry>> journal(String field, Object value) {
        return journal(field, value, Integer.MAX_VALUE);
    }

    @Override
    public Uni<List<JournalEntry>> journal(String field, Object value, int most) {
        if (!journal.isOn()) {
            throw new IllegalStateException("There is no journal: set quarkus.imsession.journal.enabled=true");
        }
        if (!journal.fields().contains(field)) {
            throw new IllegalArgumentException("The journal is not kept by '" + field
                    + "': add it to quarkus.imsession.journal.fields, or use one of " + journal.fields());
        }
        if (most < 1) {
            throw new IllegalArgumentException("The journal was asked for " + most + " entries: ask for one at least");
        }
        Reference user = Reference.of(field, value);
        return stage(() -> journal.read(user, most));
    }

    @Override
    public Uni<Boolean> eraseJournal(String field, Object value) {
        if (!journal.hasStore()) {
            throw new IllegalStateException("The session store keeps no journal: let it implement JournalStore");
        }
        Reference user = Reference.of(field, value);
        return stage(() -> journal.erase(user));
    }

    private Uni<Boolean> changed(SessionId id, Function<StoredSession, SessionUpdate> update) {
        return load(id).flatMap(basis -> basis == null ? Uni.createFrom().item(false)
                : store(id, update.apply(basis)).map(this::isUpdated));
    }

    Uni<UpdateResult> store(SessionId id, SessionUpdate update) {
        return stage(() -> store.update(id, update)).invoke(result -> {
            if (result instanceof UpdateResult.Updated updated && journal.isOn()
                    && journal.isOf(update.changed().keySet(), update.removed())) {
                StoredSession after = AppliedUpdate.stored(update, updated);
                journal.changed(id, update.basis().data(), after == null ? SessionData.empty() : after.data(), false,
                        Cause.ADMINISTRATION, null, null);
            }
        });
    }

    /** Fails if the store is not sure of what it has of a session. */
    Uni<@Nullable Void> confirm(SessionId id) {
        return store.hasToConfirm() ? stage(() -> store.confirm(id)) : Uni.createFrom().voidItem();
    }

    void repeated() {
        events.metrics().repeated();
    }

    /** @throws SessionTooLargeException if the session became too large for this update meanwhile */
    boolean isUpdated(UpdateResult result) {
        if (result instanceof TooLarge tooLarge) {
            throw exception(tooLarge);
        }
        return result instanceof UpdateResult.Updated;
    }

    private SessionTooLargeException exception(TooLarge tooLarge) {
        return tooLarge.fields() > SessionData.MAX_FIELDS ? SessionTooLargeException.ofFields(tooLarge.fields())
                : new SessionTooLargeException(tooLarge.size(), policy.maxSize());
    }

    /** A session as the store has it, or null if there is none. */
    public Uni<@Nullable StoredSession> load(SessionId id) {
        return living(() -> store.load(id));
    }

    /** The session, or null if there is none or only the remainder of a replaced session. */
    private static Uni<@Nullable StoredSession> living(Supplier<CompletionStage<@Nullable StoredSession>> call) {
        return stage(call).map(stored -> stored == null || stored.isReplaced() ? null : stored);
    }

    static <T> Uni<T> stage(Supplier<CompletionStage<T>> call) {
        return Uni.createFrom().completionStage(call).onFailure()
                .transform(StoreFailures::asRefusal);
    }

    /** Reads a page. Only the store can tell that the beginning of a page is not valid. */
    private static Uni<Page> page(PageRequest wanted, Supplier<CompletionStage<Page>> call) {
        return Uni.createFrom().completionStage(call).onFailure().transform(
                failure -> wanted.after().isPresent() && Failures.unwrap(failure) instanceof IllegalArgumentException
                        ? new ForeignCursorException()
                        : StoreFailures.asRefusal(failure));
    }

    private Reference reference(String field, Object value) {
        if (!references.contains(field)) {
            throw new IllegalArgumentException(
                    "Sessions are not found by '" + field + "': set quarkus.imsession.references.\"" + field
                            + "\".indexed=true, or use one of " + references);
        }
        return Reference.of(field, value);
    }

    private SessionPage toSessionPage(Page page) {
        return new SessionPage(page.sessions().stream().map(found -> info(found.id(), found.session(), policy)).toList(),
                Optional.ofNullable(page.next()));
    }

    public static SessionInfo info(SessionId id, StoredSession session, SessionPolicy policy) {
        return new SessionInfo(id, session.data(), session.createdAt(), Optional.ofNullable(session.renewedAt()),
                AuthenticationTime.of(session), session.expiresAt(), Attributes.client(session.attributes()),
                policy.bindsDevices() && DeviceBinding.isInForce(session.attributes().get(Attributes.DEVICE)),
                Optional.ofNullable(Acting.of(session.attributes())).map(Acting::actor));
    }
}
