package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;

/** How fresh a log-in is in a WebSocket, which may be open for long. */
class FreshSocketTest {

    private static final Duration OPEN = Duration.ofSeconds(2);
    private static final Duration LESS = OPEN.minusMillis(500);
    /** How much later than it was asked for an answer may come. */
    private static final Duration DELAY = Duration.ofMillis(1_500);
    private static final SessionPolicy POLICY = new SessionPolicy(Duration.ofHours(1), null, Renewal.NONE, null, 0.33,
            Duration.ofSeconds(10), false, null, 1000, false, OnStoreFailure.FAIL, Set.of(), true);

    private final TokenCodec tokens = new TokenCodec(List.of());
    private final GuardedStore store = new GuardedStore(new MemorySessionStore(10, SessionLimits.NONE), SessionMetrics.NONE);
    private final SessionCommitter committer = new SessionCommitter(store, new UpdateTurns(), tokens, POLICY,
            SessionEvents.NONE, null);
    private final SessionLoader loader = new SessionLoader(store, tokens, POLICY, SessionEvents.NONE, committer);

    @Test
    void logInGetsOlderWhileTheSocketIsOpenAndACommitDoesNotMakeItOlderStill() {
        long begin = System.nanoTime();
        RequestSession logIn = loader.load(Set.of(), Set::of).toCompletableFuture().join();
        logIn.set(SessionData.of("user", "ada"));
        String visitor = ((Send) committer.commit(logIn, 200, false).toCompletableFuture().join()).token();
        logIn = loader.load(Set.of(visitor), Set::of).toCompletableFuture().join();
        logIn.renew();
        String token = ((Send) committer.commit(logIn, 200, false).toCompletableFuture().join()).token();
        RequestSession socket = loader.load(Set.of(token), Set::of).toCompletableFuture().join();
        committer.commit(socket, 101, true);
        long opened = System.nanoTime();
        await().until(() -> since(opened).compareTo(OPEN) > 0);

        assertThat(socket.isFresh(LESS)).isFalse();
        assertThat(socket.isFresh(since(begin).plus(DELAY))).isTrue();
        socket.update(data -> data.with("note", 1));
        assertThat(socket.commitAndAwait()).isEqualTo(SessionData.of("user", "ada", "note", 1));
        assertThat(socket.isFresh(LESS)).isFalse();
        assertThat(socket.isFresh(since(begin).plus(DELAY))).isTrue();
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
