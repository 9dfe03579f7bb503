package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.runtime.store.NearCache;
import io.quarkiverse.imsession.spi.SessionChanges;
import io.quarkiverse.imsession.spi.SessionStore;

/**
 * An instance of an application with a near cache, without HTTP.
 *
 * @param <S> its store
 */
public class NearApplication<S extends SessionStore & SessionChanges> {

    public static final Duration MAX_SILENCE = Duration.ofMillis(500);
    public static final int MAX_SESSIONS = 10_000;

    /** Ends a test that hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final S store;
    private final NearCache near;
    private final SessionLoader loader;
    private final SessionCommitter committer;
    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger loads = new AtomicInteger();

    public NearApplication(S store, Consumer<SessionEvent> events) {
        this(store, events, MAX_SILENCE);
    }

    public NearApplication(S store, Consumer<SessionEvent> events, Duration maxSilence) {
        this.store = store;
        SessionMetrics metrics = new SessionMetrics() {
            @Override
            public void near(boolean hit) {
                (hit ? hits : loads).incrementAndGet();
            }
        };
        near = new NearCache(MAX_SESSIONS, 50_000_000, maxSilence, store, id -> events.accept(new SessionEvent.Expired(id)));
        GuardedStore guarded = new GuardedStore(store, metrics, near);
        TokenCodec tokens = new TokenCodec(List.of(), true);
        SessionEvents fired = new SessionEvents(metrics, List.of(), events);
        SessionPolicy policy = new SessionPolicy(Duration.ofHours(1), null, Renewal.ROTATE, null, 0.33, Duration.ofSeconds(10),
                false, null, 100_000, false, OnStoreFailure.FAIL, Set.of(), true);
        committer = new SessionCommitter(guarded, new UpdateTurns(), tokens, policy, fired, null);
        loader = new SessionLoader(guarded, tokens, policy, fired, committer);
        store.listen(new ChangesOfSessions(near, List.of()), maxSilence);
    }

    public int hits() {
        return hits.get();
    }

    public int loads() {
        return loads.get();
    }

    public NearCache near() {
        return near;
    }

    public S store() {
        return store;
    }

    /** Waits until this instance keeps what it loads. */
    public void awaitUse() {
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5)).until(() -> {
                    String cookie = request(null, session -> session.set(SessionData.of("probe", 1)));
                    load(cookie);
                    return has(cookie);
                });
    }

    /** Waits until this instance has the session of a cookie in memory. */
    public void keep(String cookie) {
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5)).until(() -> {
                    load(cookie);
                    return has(cookie);
                });
    }

    /** Whether the session of a cookie is given out from memory. */
    public boolean has(String cookie) {
        return near.get(id(cookie), 0) != null;
    }

    public static SessionId id(String cookie) {
        return new SessionId(cookie.substring(0, SessionId.LENGTH));
    }

    public RequestSession load(@Nullable String cookie) {
        return cookie == null ? loader.none() : loader.load(Set.of(cookie), Set::of).toCompletableFuture().join();
    }

    /** The cookie that the client has after a request. */
    public @Nullable String request(@Nullable String cookie, Consumer<ImSession> application) {
        RequestSession session = load(cookie);
        application.accept(session);
        CompletionStage<CommitResult> stored = committer.commit(session, 200, false);
        CommitResult result = stored == null ? CommitResult.KEEP : stored.toCompletableFuture().join();
        return result instanceof Send send ? send.token() : result instanceof CommitResult.Remove ? null : cookie;
    }
}
