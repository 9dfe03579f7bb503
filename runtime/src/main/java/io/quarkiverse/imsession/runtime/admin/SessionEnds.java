package io.quarkiverse.imsession.runtime.admin;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.journal.Party;
import io.quarkiverse.imsession.runtime.journal.SessionJournal;
import io.quarkiverse.imsession.runtime.session.EndedUsers;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.LastData;
import io.quarkiverse.imsession.runtime.session.SessionEvents;

/** Ends sessions outside of their requests, and tells events, the journal, and those who accept old cookies of it. */
final class SessionEnds {

    private final GuardedStore store;
    private final EndedUsers users;
    private final SessionEvents events;
    private final SessionJournal journal;
    private final LastData lastData;
    private final boolean acting;

    /**
     * @param users gets those whose sessions are ended
     * @param acting whether users may act for others
     */
    SessionEnds(GuardedStore store, EndedUsers users, SessionEvents events, boolean acting) {
        this.store = store;
        this.users = users;
        this.events = events;
        this.journal = events.journal();
        this.lastData = new LastData(store, journal);
        this.acting = acting;
    }

    /** Ends one session. False if there was none. */
    CompletionStage<Boolean> one(SessionId id, Party by) {
        return lastData.of(id).thenCompose(data -> store.destroy(id).thenApply(wasThere -> {
            if (wasThere) {
                tell(id);
                journal.ended(id, data, by);
            }
            return wasThere;
        }));
    }

    /**
     * Ends the sessions of a reference. If that is a user, also those in which the user acts for others. The user's own
     * sessions end first: meanwhile one of them may become a session in which the user acts for another, and never the reverse.
     *
     * @param kept the session that stays; null if none does
     * @param cookies whether cookies of the time before sessions end, too
     */
    CompletionStage<Long> all(GuardedStore.Index index, Reference reference, @Nullable SessionId kept, boolean cookies,
            Party by) {
        CompletionStage<?> noted = cookies ? users.add(reference.field(), reference.value())
                : CompletableFuture.completedStage(null);
        CompletionStage<Long> own = noted.thenCompose(done -> of(index, reference, kept, by));
        return !acting || !reference.field().equals(ImSession.PRINCIPAL) ? own
                : own.thenCompose(count -> of(index, Reference.of(ImSession.ACTED_BY, reference.value()), kept, by)
                        .thenApply(more -> count + more));
    }

    private CompletionStage<Long> of(GuardedStore.Index index, Reference reference, @Nullable SessionId kept, Party by) {
        return lastData.ofAll(reference).thenCompose(data -> index.destroyAll(reference, kept, id -> {
            tell(id);
            journal.ended(id, reference, data.get(id), by);
        }));
    }

    /** Ends all sessions of the store. */
    CompletionStage<Long> every(GuardedStore.Index index, Party by) {
        return users.addAll().thenCompose(noted -> lastData.ofAll(null))
                .thenCompose(data -> index.destroyEverySession(id -> {
                    tell(id);
                    journal.ended(id, data.get(id), by);
                }));
    }

    private void tell(SessionId id) {
        events.fire(new Destroyed(id, Destroyed.Cause.ADMINISTRATION));
    }
}
