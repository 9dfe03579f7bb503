package io.quarkiverse.imsession.runtime.session;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenState;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;
import io.vertx.core.Vertx;

/** What the benchmarks measure with: one session with the default settings, in a store that answers at once. */
public final class Parts implements SessionStore {

    public static final SessionData DATA = SessionData.of("user", "user-1", "views", 41, "theme", "dark", "cart",
            List.of("item-0001", "item-0002", "item-0003", "item-0004", "item-0005", "item-0006", "item-0007", "item-0008",
                    "item-0009", "item-0010"));

    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    static final SessionPolicy POLICY = new SessionPolicy(DAY, null, Renewal.ROTATE, null, 0.33, Duration.ofMinutes(1), false,
            null, 65_536, false, OnStoreFailure.FAIL, Set.of(), true);

    final TokenCodec tokens = new TokenCodec(List.of());
    final SessionToken token = SessionToken.generate(new SecureRandom());
    final StoredSession stored = new StoredSession(TokenState.only(token.hash()), DATA, Map.of(), 1, NOW, null, NOW.plus(DAY),
            null, NOW);
    private final SessionEvents events = SessionEvents.NONE;
    private final GuardedStore store = new GuardedStore(this, SessionMetrics.NONE);
    private final SessionCommitter committer = new SessionCommitter(store, new UpdateTurns(), tokens, POLICY, events,
            Vertx.vertx());
    private final SessionLoader loader = new SessionLoader(store, tokens, POLICY, events, committer);

    public SessionLoader loader() {
        return loader;
    }

    public SessionCommitter committer() {
        return committer;
    }

    /** As the client sends it. */
    public String token() {
        return token.value();
    }

    SessionState state() {
        return SessionState.of(new LoadedSession(token, TokenState.Check.CURRENT, stored));
    }

    @Override
    public CompletionStage<StoredSession> load(SessionId id) {
        return CompletableFuture.completedFuture(stored);
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        return CompletableFuture.completedFuture(new Created(NOW, NOW.plus(DAY)));
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        return CompletableFuture.completedFuture(new UpdateResult.Updated(PresentedToken.CURRENT, NOW, NOW.plus(DAY)));
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        return CompletableFuture.completedFuture(true);
    }
}
