package io.quarkiverse.imsession.runtime.session;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.runtime.session.RequestChanges.Place;
import io.vertx.core.Vertx;

/** Stores the changes of requests. */
public final class SessionCommitter {

    private final Parts parts;

    public SessionCommitter(GuardedStore store, UpdateTurns turns, TokenCodec tokens, SessionPolicy policy,
            SessionEvents events, Vertx vertx) {
        this.parts = new Parts(store, turns, tokens, policy, events, new AbandonedSessions(store, events, vertx));
    }

    /**
     * Stores the changes of a request whose response begins. They are decided at once, unless another commit still runs. From
     * now on the client cannot get a token.
     *
     * @param status the status of the response
     * @param upgrade whether the request becomes a WebSocket
     * @return null if there is nothing to store, and nothing to tell the client; otherwise a stage that fails with the reason
     *         if nothing was stored
     */
    public @Nullable CompletionStage<CommitResult> commit(RequestSession session, int status, boolean upgrade) {
        // An upgrade takes it from the session.
        Answer answer = session.answer();
        session.begin(upgrade);
        SessionState unchanged = session.unchanged();
        if (unchanged != null && Commit.isNothing(parts, unchanged, status, answer)) {
            return null;
        }
        Commit commit = Commit.atResponse(parts, session, status, answer);
        Place place = session.place(commit.result());
        return begin(commit, place) ? commit.result() : null;
    }

    /**
     * Stores the changes of a request now. If a token has to be told to the client, the response tells it.
     *
     * @return the commit, which has begun or waits for those before it
     */
    OnDemand commit(RequestSession session) {
        Commit commit = Commit.onDemand(parts, session);
        session.commits().countOnDemand(commit.result());
        Place place = session.place(commit.result());
        begin(commit, place);
        return new OnDemand(commit, commit.result().thenApply(told -> {
            session.settle();
            session.forget(place.taken());
            return commit.stored();
        }));
    }

    /**
     * A commit that the application has asked for.
     *
     * @param stored has the session as the commit has stored it, or fails with the reason if nothing was stored
     */
    record OnDemand(Commit commit, CompletionStage<SessionState> stored) {
    }

    /**
     * Lets a commit begin when those before it are over. False if it is over, with nothing to store and nothing to tell the
     * client.
     */
    private static boolean begin(Commit commit, Place place) {
        if (place.before() == null) {
            return commit.begin(place);
        }
        place.before().whenComplete((done, failure) -> commit.begin(place));
        return true;
    }

    /** Ends the session of a commit whose token could not be handed to the client, unless the client can still use it. */
    public void abandon(CommitResult result) {
        if (result instanceof Send send && send.onlyCopy() != null) {
            parts.abandoned().end(send.onlyCopy());
        }
    }

    /** What all commits share. */
    record Parts(GuardedStore store, UpdateTurns turns, TokenCodec tokens, SessionPolicy policy, SessionEvents events,
            AbandonedSessions abandoned) {
    }
}
