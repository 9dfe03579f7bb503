package io.quarkiverse.imsession.spi;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;

/**
 * Keeps sessions. Each operation is atomic: parallel operations on one session behave as if one came after the other.
 * <p>
 * A session that does not exist, has expired or cannot be read is absent, and absence is no error. A stage completes
 * exceptionally with {@link io.quarkiverse.imsession.SessionStoreException} only if the store cannot be reached or
 * fails; it must complete within a time of the store's own choosing. Methods are called on event loop threads and must
 * not block. Stages may complete on any thread.
 */
public interface SessionStore {

    /**
     * How much longer than until {@link StoredSession#expiresAt()} a store keeps a session: a request sent at the last moment
     * still finds it.
     */
    Duration EXPIRY_SLACK = Duration.ofSeconds(10);

    /**
     * The session of an id, or null if there is none. Reading changes nothing, neither data nor lifetime. It may also be what
     * is
     * left of a session that was replaced, see {@link StoredSession#isReplaced()}; for all else there is no session then.
     */
    CompletionStage<@Nullable StoredSession> load(SessionId id);

    /**
     * Like {@link #load(SessionId)}, but of the data it has only some fields; all else of the session is there, also attributes
     * that the store does not know. Stores that can leave the other fields where they are override it.
     *
     * @param fields their names; those that the session does not have are absent
     */
    default CompletionStage<@Nullable StoredSession> load(SessionId id, Set<String> fields) {
        return load(id).thenApply(stored -> stored == null ? null : stored.withOnly(fields));
    }

    /**
     * Stores a session for the first time. Fails with {@link io.quarkiverse.imsession.SessionStoreException} if the id is
     * taken: nothing is ever overwritten.
     */
    CompletionStage<Created> create(SessionId id, NewSession session);

    /**
     * Changes a session, if it exists and the presented token is still valid. Fields that are not named stay as they are.
     * A session is never brought back and never made.
     */
    CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update);

    /** Ends a session, whatever its token. True if there was one. */
    CompletionStage<Boolean> destroy(SessionId id);

    /**
     * Ends a session on the wish of its client, unless its token was renewed on purpose since the request came, or another
     * session was stored in its place and the store still knows that. This implementation looks at the session and then ends
     * it: a store that can do both in one step overrides
     * it.
     */
    default CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
        return load(id).thenCompose(stored -> {
            if (stored != null && !stored.token().check(presented, stored.now()).isValid()) {
                return CompletableFuture.completedStage(DestroyResult.SUPERSEDED);
            }
            return destroy(id).thenApply(ended -> ended ? DestroyResult.DESTROYED : DestroyResult.GONE);
        });
    }

    /**
     * Ends a session on the wish of its client, and stores another one for the first time. If the old one lives on, as its
     * token was renewed on purpose since the request came, nothing is stored. Nor if it was replaced already, and the store
     * still knows that. A store that may refuse a session, other than by failing, does so before it ends the old one.
     * <p>
     * Parallel requests may still carry a token of the old session. If they were to find nothing, they would make sessions
     * whose cookies overwrite that of the new one. So {@link #load} answers with {@link StoredSession#replaced} for a while.
     * This implementation does without: it ends the one and then stores the other.
     *
     * @param grace how long the tokens of the old session stay known; zero for not at all
     */
    default CompletionStage<Replaced> replace(SessionId old, Presented presented, Duration grace, SessionId id,
            NewSession session) {
        return destroy(old, presented).thenCompose(result -> result == DestroyResult.SUPERSEDED
                ? CompletableFuture.completedStage(new Replaced(result, null))
                : create(id, session).thenApply(created -> new Replaced(result, created)));
    }
}
