package io.quarkiverse.imsession.spi;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.codec.FieldName;

/**
 * Keeps sessions. Each operation is atomic: parallel operations on a session have the same effect as operations one after the
 * other.
 * <p>
 * A session that does not exist, has expired or cannot be decoded is absent, and absence is no error. A stage completes
 * exceptionally with {@link io.quarkiverse.imsession.SessionStoreException} only if the store cannot be reached or fails. Each
 * stage must complete within a timeout that the store chooses. Methods are called on event loop threads and must not block.
 * Stages may complete on any thread.
 * <p>
 * All times are of the store's clock, in whole milliseconds.
 * <p>
 * Names and texts are valid Unicode, but may have any character, U+0000 too. They are loaded exactly as they were stored, also
 * the text of a field that is no JSON: the store need not understand it.
 */
public interface SessionStore {

    /**
     * How long a store keeps a session after {@link StoredSession#expiresAt()}, so that a request that is sent at the last
     * moment still finds it.
     */
    Duration EXPIRY_SLACK = Duration.ofSeconds(10);

    /**
     * The session of an id, or null if there is none. Reading changes nothing, neither data nor lifetime. The result may also
     * be the remainder of a replaced session, see {@link StoredSession#isReplaced()}; all other operations treat that as
     * absent.
     */
    CompletionStage<@Nullable StoredSession> load(SessionId id);

    /**
     * Like {@link #load(SessionId)}, but the data has only some of the fields. Everything else is complete, including
     * attributes that the store does not know, but without those whose names begin with {@value FieldName#PRIVATE}. A store
     * that can skip the other fields overrides it.
     *
     * @param fields the names of the fields; those that the session does not have are absent
     */
    default CompletionStage<@Nullable StoredSession> load(SessionId id, Set<String> fields) {
        return load(id).thenApply(stored -> stored == null ? null : stored.withOnly(fields));
    }

    /**
     * Stores a session for the first time. Fails with {@link io.quarkiverse.imsession.SessionStoreException} if the id is
     * already used: a store never overwrites a session.
     */
    CompletionStage<Created> create(SessionId id, NewSession session);

    /**
     * Changes a session, if it exists and the presented token is still valid. Fields that the update does not name stay as they
     * are. An update never creates a session, and never restores one that has ended. A store that
     * {@link #isTransactional() is transactional} stores nothing if a field or an attribute that the update expects has another
     * value.
     */
    CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update);

    /** Ends a session, without a check of its token. True if there was one. */
    CompletionStage<Boolean> destroy(SessionId id);

    /**
     * Ends a session on request of its client, unless the application has renewed its token since the request came, or another
     * session has replaced it and the store still knows that. This implementation loads the session and then ends it. A store
     * that can do both in one atomic step overrides it.
     */
    default CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
        return load(id).thenCompose(stored -> {
            if (stored != null && !stored.token().isValid(presented)) {
                return CompletableFuture.completedStage(DestroyResult.SUPERSEDED);
            }
            return destroy(id).thenApply(ended -> ended ? DestroyResult.DESTROYED : DestroyResult.GONE);
        });
    }

    /**
     * Ends a session on request of its client, and stores another one for the first time. Nothing is changed if the application
     * has renewed the token of the old session since the request came, or if another session has replaced it and the store
     * still knows that. A store that may refuse a new session does so before it ends the old one.
     * <p>
     * Parallel requests may still carry a token of the old session. If {@link #load} found nothing for them, they could make
     * sessions whose cookies overwrite the cookie of the new one. So it returns {@link StoredSession#replaced} for a while.
     * This implementation does not: it ends the old session and then stores the new one.
     *
     * @param grace how long the store knows the tokens of the old session; zero to forget them at once
     */
    default CompletionStage<Replaced> replace(SessionId old, Presented presented, Duration grace, SessionId id,
            NewSession session) {
        return destroy(old, presented).thenCompose(result -> result == DestroyResult.SUPERSEDED
                ? CompletableFuture.completedStage(new Replaced(result, null))
                : create(id, session).thenApply(created -> new Replaced(result, created)));
    }

    /**
     * Makes sure that what this store has of a session now is as safe as what it stores. It is called for a request that asks
     * for a change that is there already: the session is gone that it ends, or a field has the value that it sets. The same
     * change may have been refused a moment ago, because it was not safe. The stage completes exceptionally with
     * {@link io.quarkiverse.imsession.SessionStoreException} if it is still not safe. Called only if this store
     * {@link #hasToConfirm() has to confirm} that.
     */
    default CompletionStage<@Nullable Void> confirm(SessionId id) {
        return CompletableFuture.completedStage(null);
    }

    /**
     * Whether {@link #load} may return changes that were refused and are not safe. Most stores store such changes not at all.
     */
    default boolean hasToConfirm() {
        return false;
    }

    /**
     * Reserves a name for a holder, for at most a time, unless another holder has it. The holder who has it already gets the
     * time anew. Names and holders are no secrets, of up to 1,000 characters. A claim is no session: it is not found, counted
     * or ended as one. Called only if this store {@link #hasClaims() has claims}.
     *
     * @return the present holder
     */
    default CompletionStage<String> claim(String name, String holder, Duration atMost) {
        return CompletableFuture.failedStage(new UnsupportedOperationException(getClass().getName() + " has no claims"));
    }

    /** The present holder of a name; null if there is none. */
    default CompletionStage<@Nullable String> holder(String name) {
        return CompletableFuture.failedStage(new UnsupportedOperationException(getClass().getName() + " has no claims"));
    }

    /** Gives a name back before its time is over. True if the holder still had it. */
    default CompletionStage<Boolean> release(String name, String holder) {
        return CompletableFuture.failedStage(new UnsupportedOperationException(getClass().getName() + " has no claims"));
    }

    /**
     * Whether this store implements {@link #claim}, {@link #holder} and {@link #release}. If it does not, each instance of the
     * application has claims of its own. Log-ins by OIDC use claims: a token that ends sessions is then accepted once by each
     * instance instead of once, and each instance refreshes tokens on its own.
     */
    default boolean hasClaims() {
        return false;
    }

    /**
     * Whether {@link #update} compares, in one atomic step with the change, the fields and attributes that {@link
     * SessionUpdate#expected()} names, and answers {@link UpdateResult.Changed} if one differs. {@link AppliedUpdate} does the
     * comparison. With a store that does not, {@code ImSession.update()} may lose changes that parallel requests make to the
     * same field: the last writer wins. The application is warned of that when it starts.
     */
    default boolean isTransactional() {
        return false;
    }
}
