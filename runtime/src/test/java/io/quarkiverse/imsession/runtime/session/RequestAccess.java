package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.runtime.admin.SessionAdministration;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.vertx.core.Vertx;

/** The way of a request without HTTP, for tests in other packages: load, what the application does, and commit. */
public final class RequestAccess {

    public static final Duration TIMEOUT = Duration.ofHours(1);

    private static final int OK = 200;

    private final SessionLoader loader;
    private final SessionCommitter committer;
    private final GuardedStore store;
    private final UpdateTurns turns;
    private final SessionPolicy policy;

    public RequestAccess(SessionStore kept) {
        this(kept, new UpdateTurns(), null);
    }

    /** @param vertx ends sessions later whose token did not reach its client */
    public RequestAccess(SessionStore kept, Vertx vertx) {
        this(kept, new UpdateTurns(), vertx);
    }

    /** @param pauses what runs the ends of the pauses after turns that another instance has disturbed */
    public RequestAccess(SessionStore kept, Executor pauses) {
        this(kept, new UpdateTurns(millis -> pauses, Duration.ofHours(1)), null);
    }

    private RequestAccess(SessionStore kept, UpdateTurns turns, @Nullable Vertx vertx) {
        this.turns = turns;
        store = new GuardedStore(kept, SessionMetrics.NONE);
        TokenCodec tokens = new TokenCodec(List.of());
        SessionEvents events = SessionEvents.NONE;
        policy = new SessionPolicy(TIMEOUT, null, Renewal.ROTATE, null, 0.33, Duration.ofSeconds(10), false, null,
                100_000, false, OnStoreFailure.FAIL, Set.of(), false);
        this.committer = new SessionCommitter(store, turns, tokens, policy, events, vertx);
        this.loader = new SessionLoader(store, tokens, policy, events, committer);
    }

    public SessionLoader loader() {
        return loader;
    }

    public SessionCommitter committer() {
        return committer;
    }

    /** What the client is told of its token; null if there was nothing to store. Fails if nothing could be stored. */
    public @Nullable CommitResult request(SessionToken token, Consumer<ImSession> application) {
        RequestSession session = loader.load(Set.of(token.value()), Set::of).toCompletableFuture().join();
        application.accept(session);
        CompletionStage<CommitResult> stored = committer.commit(session, OK, false);
        return stored == null ? null : stored.toCompletableFuture().join();
    }

    /** What the client of a request without a session is told. */
    public @Nullable CommitResult make(Consumer<ImSession> application) {
        RequestSession session = loader.none();
        application.accept(session);
        return committer.commit(session, OK, false).toCompletableFuture().join();
    }

    /** The administration of the same instance of the application. */
    public ReactiveImSessions administration(Set<String> references) {
        return new SessionAdministration(store, turns, policy, SessionEvents.NONE, references);
    }

    /** Whether a request with that token has a session. */
    public boolean finds(SessionToken token) {
        return loader.load(Set.of(token.value()), Set::of).toCompletableFuture().join().exists();
    }

    /** The token that the client is sent, or null. */
    public static @Nullable SessionToken sent(@Nullable CommitResult result) {
        return result instanceof Send send ? SessionToken.tryParse(send.token()) : null;
    }
}
