package io.quarkiverse.imsession.runtime.admin;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.session.UpdateTurns;
import io.quarkiverse.imsession.spi.AppliedUpdate;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.smallrye.mutiny.Uni;

/**
 * An update of a session by a function, which is called again while others change what it reads. The caller calls the function,
 * by {@link #update}, on a thread of its choice, then {@link #store}, and repeats both until {@link #isOver}.
 */
final class Transaction {

    private final SessionAdministration sessions;
    private final UpdateTurns turns;
    private final SessionId id;
    private final UnaryOperator<SessionData> change;
    private int attempts;
    private boolean unchanged;
    private @Nullable UpdateResult result;
    private @Nullable StoredSession stored;
    private UpdateTurns.@Nullable Turn turn;
    private boolean closed;

    Transaction(SessionAdministration sessions, UpdateTurns turns, SessionId id, UnaryOperator<SessionData> change) {
        this.sessions = sessions;
        this.turns = turns;
        this.id = id;
        this.change = change;
    }

    /** @param basis the session for the next call of the function, or null if there is none */
    boolean isOver(@Nullable StoredSession basis) {
        return basis == null || unchanged;
    }

    /**
     * Whether the session exists, and has what the function makes of it.
     *
     * @throws io.quarkiverse.imsession.SessionTooLargeException if the session became too large meanwhile
     */
    boolean isUpdated() {
        return unchanged || result != null && sessions.isUpdated(result);
    }

    /** Calls the function. Empty if it changes nothing. */
    Optional<SessionUpdate> update(StoredSession basis) {
        if (attempts > 0) {
            sessions.repeated();
        }
        return Optional.ofNullable(sessions.changedBy(id, basis, change));
    }

    /** Stores an update. Returns the session for the next call of the function, or empty if the transaction is over. */
    Uni<Optional<StoredSession>> store(Optional<SessionUpdate> update) {
        if (update.isEmpty()) {
            unchanged = true;
            return sessions.confirm(id).map(sure -> Optional.empty());
        }
        if (turn == null && turns.areFor(id, update.get().expected())) {
            StoredSession basis = update.get().basis();
            return takeTurn(update.get(), basis).flatMap(latest -> update.get().isExpected(latest) ? store(update)
                    : Uni.createFrom().item(Optional.of(latest)));
        }
        attempts++;
        return sessions.store(id, update.get()).onFailure(SessionStoreException.class).invoke(this::giveUp)
                .flatMap(answered -> {
                    result = answered;
                    if (!(answered instanceof UpdateResult.Changed changed)) {
                        stored = answered instanceof UpdateResult.Updated updated ? AppliedUpdate.stored(update.get(), updated)
                                : null;
                        return Uni.createFrom().item(Optional.empty());
                    }
                    if (attempts == UpdateTurns.MOST_ATTEMPTS) {
                        throw SessionConflictException.contended();
                    }
                    if (turn == null) {
                        return takeTurn(update.get(), changed.session()).map(Optional::of);
                    }
                    turn.disturbed();
                    return Uni.createFrom().item(Optional.of(changed.session()));
                });
    }

    /** Waits for a turn. Returns the latest version of the session that is known then. */
    private Uni<StoredSession> takeTurn(SessionUpdate update, StoredSession known) {
        CompletableFuture<StoredSession> begun = new CompletableFuture<>();
        turns.take(id, update.expected()).whenComplete((taken, late) -> {
            if (late != null) {
                begun.completeExceptionally(late);
            } else if (begin(taken)) {
                begun.complete(taken == null ? known : taken.latest(known));
            } else if (taken != null) {
                taken.end(null);
            }
        });
        return Uni.createFrom().completionStage(begun);
    }

    /** False if the caller does not wait any more. */
    private synchronized boolean begin(UpdateTurns.@Nullable Turn taken) {
        if (!closed) {
            turn = taken;
        }
        return !closed;
    }

    private synchronized void giveUp() {
        if (turn != null) {
            turn.giveUp();
            turn = null;
        }
    }

    /** Lets other updates of the session go on. The caller need not have waited for the end. */
    synchronized void close() {
        closed = true;
        if (turn != null) {
            turn.end(stored);
            turn = null;
        }
    }
}
