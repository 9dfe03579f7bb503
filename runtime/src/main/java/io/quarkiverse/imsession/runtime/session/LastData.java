package io.quarkiverse.imsession.runtime.session;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.journal.SessionJournal;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Scan;

/**
 * Reads whose session it is that is about to be ended, if the journal has to tell it: afterwards the store cannot be asked.
 * Asks for nothing if there is no journal, and never fails, as the session has to be ended in any case.
 */
public final class LastData {

    private static final int BATCH = 256;

    private final GuardedStore store;
    private final SessionJournal journal;

    public LastData(GuardedStore store, SessionJournal journal) {
        this.store = store;
        this.journal = journal;
    }

    /** The fields of the journal of a session; null if there is no such session, if they could not be read, or no journal. */
    public CompletionStage<@Nullable SessionData> of(SessionId id) {
        return !journal.isOn() ? CompletableFuture.completedStage(null)
                : store.load(id, journal.fields()).handle((stored, failure) -> stored == null ? null : stored.data());
    }

    /**
     * The fields of the journal of the sessions of a reference, as far as they are needed besides it, and not of more sessions
     * than entries may wait for the store.
     *
     * @param reference null for all sessions
     */
    public CompletionStage<Map<SessionId, SessionData>> ofAll(@Nullable Reference reference) {
        Map<SessionId, SessionData> found = new HashMap<>();
        if (!journal.needsMoreThan(reference)) {
            return CompletableFuture.completedStage(found);
        }
        GuardedStore.Index index = store.index();
        Scan scan = reference == null ? index.scanAll(BATCH) : index.scan(reference, BATCH, journal.fields());
        return read(scan, found).handle((done, failure) -> found);
    }

    private CompletionStage<@Nullable Void> read(Scan scan, Map<SessionId, SessionData> found) {
        return scan.next().thenCompose(page -> {
            add(page, found);
            return page.next() == null || found.size() >= SessionJournal.MOST_WAITING ? CompletableFuture.completedStage(null)
                    : read(scan, found);
        });
    }

    private void add(Page page, Map<SessionId, SessionData> found) {
        page.sessions().forEach(session -> found.put(session.id(), session.session().withOnly(journal.fields()).data()));
    }
}
