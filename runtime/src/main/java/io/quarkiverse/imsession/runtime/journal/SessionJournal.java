package io.quarkiverse.imsession.runtime.journal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.JournalEntry;
import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.JournalEntry.Kind;
import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionClient;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.journal.JournalPlan.Planned;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.spi.JournalStore;

/**
 * The journal: tells the store what happened to the sessions of each user, after it has happened. No caller waits for that, and
 * none learns of a failure: the entry is lost then, which is counted and logged.
 * <p>
 * The entries of a user are added in the order in which they were told. Who reads or erases the journal of a user does so after
 * all entries that this instance was told before.
 */
public final class SessionJournal {

    /** The greatest number of entries that wait for the store; further ones are lost. */
    public static final int MOST_WAITING = 10_000;

    private static final int MOST_RUNNING = 8;
    private static final SessionClient NOBODY = new SessionClient(Optional.empty(), Optional.empty(), Optional.empty());

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final LimitedLog FAILED = new LimitedLog(LOG, Level.ERROR);
    private static final LimitedLog DROPPED = new LimitedLog(LOG, Level.ERROR);
    private static final LimitedLog UNKNOWN = new LimitedLog(LOG, Level.WARN);

    /** No journal. */
    public static final SessionJournal NONE = new SessionJournal(null, Set.of(), new JournalStore.Limits(1, Duration.ZERO),
            () -> {
            });

    private final @Nullable JournalStore store;
    private final Set<String> fields;
    private final JournalStore.Limits limits;
    private final Runnable lost;
    private final Lines lines = new Lines(MOST_RUNNING);
    private final AtomicInteger waiting = new AtomicInteger();
    private final RecentRefusals refusals = new RecentRefusals(System::nanoTime);

    /**
     * @param store keeps the journal; null if the store of the sessions keeps none
     * @param fields the fields by which the journal is kept; none if it is switched off
     * @param lost called for each entry that is lost
     */
    public SessionJournal(@Nullable JournalStore store, Set<String> fields, JournalStore.Limits limits, Runnable lost) {
        this.store = store;
        this.fields = Set.copyOf(fields);
        this.limits = limits;
        this.lost = lost;
    }

    /** Whether anything is recorded. Else callers need not find out what. */
    public boolean isOn() {
        return store != null && !fields.isEmpty();
    }

    /** The fields by which the journal is kept. */
    public Set<String> fields() {
        return fields;
    }

    /** Whether a change of these fields may change who has a session. */
    public boolean isOf(Set<String> changed, Set<String> removed) {
        for (String field : fields) {
            if (changed.contains(field) || removed.contains(field)) {
                return true;
            }
        }
        return false;
    }

    /** A session was made. */
    public void created(SessionId id, SessionData data, SessionClient client) {
        changed(id, null, data, false, Cause.REQUEST, client, null);
    }

    /**
     * A session was made, changed or ended.
     *
     * @param before its data before; null if it is new
     * @param after its data after; null if it has ended
     * @param renewed whether it got a new token
     * @param client the client that did so; null if none did
     * @param actor the name of the user who acts in it for its user; null if nobody does
     */
    public void changed(SessionId id, @Nullable SessionData before, @Nullable SessionData after, boolean renewed, Cause cause,
            @Nullable SessionClient client, @Nullable String actor) {
        if (isOn()) {
            for (String field : fields) {
                for (Planned planned : JournalPlan.of(field, before, after, renewed)) {
                    add(planned, id, cause, client == null ? NOBODY : client, actor);
                }
            }
        }
    }

    /**
     * A session was ended.
     *
     * @param data its data, with the fields of the journal at least; null if it is not known
     */
    public void ended(SessionId id, @Nullable SessionData data, Party by) {
        if (isOn() && data == null) {
            unknown(id);
        } else {
            changed(id, data, null, false, by.cause(), by.client(), by.actor());
        }
    }

    /**
     * A session of a reference was ended.
     *
     * @param data its data, with the other fields of the journal at least; null if it is not known
     */
    public void ended(SessionId id, Reference reference, @Nullable SessionData data, Party by) {
        if (!isOn()) {
            return;
        }
        boolean isOnlyField = fields.equals(Set.of(reference.field()));
        if (fields.contains(reference.field())) {
            add(new Planned(reference, Kind.ENDED), id, by);
        }
        if (!isOnlyField && data == null) {
            unknown(id);
        }
        for (String field : fields) {
            Reference other = field.equals(reference.field()) ? null : JournalPlan.reference(field, data);
            if (other != null) {
                add(new Planned(other, Kind.ENDED), id, by);
            }
        }
    }

    /** Whether the fields of the journal of a session that is found by a reference have to be read before it ends. */
    public boolean needsMoreThan(@Nullable Reference reference) {
        return isOn() && (reference == null || !fields.equals(Set.of(reference.field())));
    }

    /**
     * A client was refused that has a token of a session, or had one. A client can send such a token again and again, so
     * most refusals get no entry.
     *
     * @param cause {@link Cause#REPLAY} or {@link Cause#DEVICE}
     * @param client asked only if there is an entry
     * @param actor the name of the user who acts in the session for its user; null if nobody does
     */
    public void refused(SessionId id, SessionData data, Cause cause, Supplier<SessionClient> client, @Nullable String actor) {
        if (!isOn()) {
            return;
        }
        List<Reference> users = fields.stream().map(field -> JournalPlan.reference(field, data)).filter(Objects::nonNull)
                .toList();
        if (!users.isEmpty() && refusals.pass(id, cause)) {
            SessionClient refused = client.get();
            users.forEach(user -> add(new Planned(user, Kind.REFUSED), id, cause, refused, actor));
        }
    }

    private void add(Planned planned, SessionId id, Party by) {
        add(planned, id, by.cause(), by.client() == null ? NOBODY : by.client(), by.actor());
    }

    private void add(Planned planned, SessionId id, Cause cause, SessionClient client, @Nullable String actor) {
        Kind kind = actor != null && planned.kind() == Kind.LOGGED_IN ? Kind.ACTED_FOR : planned.kind();
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            lost.run();
            DROPPED.log("The journal does not tell that session %s is %s: the store takes too long, and " + MOST_WAITING
                    + " entries wait for it", id, kind);
            return;
        }
        Map<String, String> entry = EntryTexts.of(kind, id, cause, client, actor);
        lines.run(planned.reference(), () -> store().appendToJournal(planned.reference(), entry, limits))
                .whenComplete((done, failure) -> {
                    waiting.decrementAndGet();
                    if (failure != null) {
                        lost.run();
                        FAILED.log("The journal does not tell that session %s is %s: %s", id, kind, failure);
                    }
                });
    }

    private void unknown(SessionId id) {
        lost.run();
        UNKNOWN.log("The journal does not tell that session %s is ENDED, as it is not known whose session it was", id);
    }

    /** The newest entries of a reference, the newest one first. Call this only if {@link #isOn()}. */
    public CompletionStage<List<JournalEntry>> read(Reference reference, int most) {
        return lines.run(reference, () -> store().readJournal(reference, Math.min(most, limits.maxEntries()), limits))
                .thenApply(kept -> kept.stream().map(EntryTexts::entry).flatMap(Optional::stream).toList());
    }

    /** Whether the store can keep a journal, whether or not it is switched on. */
    public boolean hasStore() {
        return store != null;
    }

    /** Forgets the journal of a reference. Call this only if {@link #hasStore()}. */
    public CompletionStage<Boolean> erase(Reference reference) {
        return lines.run(reference, () -> store().eraseJournal(reference));
    }

    private JournalStore store() {
        return Objects.requireNonNull(store);
    }

    /** Waits for the entries that are on their way, but not for long. */
    public void stop(Duration atMost) {
        try {
            lines.over().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("%d entries of the journal are lost, as the application stops and the store takes too long",
                    waiting.get());
        }
    }
}
