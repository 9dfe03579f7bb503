package io.quarkiverse.imsession.runtime.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;

/** Two instances that refresh the tokens of one session. */
class RefresherTest {

    private static final String TOKENS = "@private:oidc:shop";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final HangingStore hanging = new HangingStore();
    private final GuardedStore store = new GuardedStore(hanging, SessionMetrics.NONE);
    private final SessionToken token = SessionToken.generate(new SecureRandom());
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final List<CompletableFuture<TokenSet>> calls = new ArrayList<>();
    private final Refresher first = refresher("first");
    private final Refresher second = refresher("second");
    private final TokenSet expired = set(0);
    private long now = 1_000_000;

    private Refresher refresher(String instance) {
        return new Refresher(store, TIMEOUT, PAUSE, instance, () -> now, delay -> later::add);
    }

    @BeforeEach
    void create() {
        store.create(token.id(), new NewSession(token.hash(), SessionData.of("principal", "ada"),
                Map.of(TOKENS, expired.encode()), new Expiry(Duration.ofHours(1), null, null))).toCompletableFuture().join();
    }

    @Test
    void requestsOfAllInstancesGetTheResultOfOneCall() {
        CompletableFuture<TokenSet> own = refresh(first);
        CompletableFuture<TokenSet> sameInstance = refresh(first);
        CompletableFuture<TokenSet> otherInstance = refresh(second);
        assertThat(calls).hasSize(1);
        runLater();
        assertThat(otherInstance).isNotDone();
        calls.get(0).complete(set(1));
        assertThat(own.join()).isEqualTo(set(1)).isEqualTo(sameInstance.join()).isEqualTo(stored());
        runLater();
        assertThat(otherInstance.join()).isEqualTo(set(1));
        assertThat(refresh(second).join()).as("of a request that had the old tokens").isEqualTo(set(1));
        assertThat(calls).hasSize(1);
    }

    @Test
    void failureIsKnownToAllForAPause() {
        CompletableFuture<TokenSet> own = refresh(first);
        CompletableFuture<TokenSet> other = refresh(second);
        calls.get(0).completeExceptionally(new IllegalStateException("out of order"));
        runLater();
        for (CompletableFuture<TokenSet> result : List.of(own, other)) {
            assertThat(result.join().generation()).isZero();
            assertThat(second.isPausing(result.join())).isTrue();
        }
        assertThat(refresh(second).join().tried()).isEqualTo(now);
        assertThat(calls).hasSize(1);
        now += PAUSE.toMillis();
        assertThat(second.isPausing(stored())).isFalse();
        refresh(second);
        assertThat(calls).hasSize(2);
    }

    @Test
    void refreshTokenThatIsRefusedForGoodIsNotTriedAgain() {
        refresh(first);
        calls.get(0).completeExceptionally(new Refresher.DeadException(new IllegalStateException()));
        now += Duration.ofDays(1).toMillis();
        assertThat(second.isPausing(stored())).isTrue();
        assertThat(refresh(second).join().dead()).isTrue();
        assertThat(calls).hasSize(1);
    }

    @Test
    void sessionThatEndsMeanwhileStaysEnded() {
        CompletableFuture<TokenSet> own = refresh(first);
        store.destroy(token.id()).toCompletableFuture().join();
        calls.get(0).complete(set(1));
        assertThat(own.join()).isNull();
        assertThat(store.load(token.id()).toCompletableFuture().join()).isNull();
        assertThat(refresh(second).join()).isNull();
    }

    @Test
    void logInOfAnotherUserMeanwhileIsKept() {
        CompletableFuture<TokenSet> own = refresh(first);
        StoredSession session = store.load(token.id()).toCompletableFuture().join();
        TokenSet other = new TokenSet("q_session", 2, 2, 2, null, true, 0, 0, false, "{}");
        store.update(token.id(), new SessionUpdate(session, (Presented) null,
                Map.of(TOKENS, other.encode(), "principal", "\"bob\""), Set.of(), TokenChange.KEEP, null, Long.MAX_VALUE))
                .toCompletableFuture().join();
        calls.get(0).complete(set(1));
        assertThat(own.join()).isEqualTo(other).isEqualTo(stored());
    }

    @Test
    void logInOfTheSameUserMeanwhileIsKept() {
        CompletableFuture<TokenSet> own = refresh(first);
        TokenSet other = new TokenSet("q_session", 2, 2, 2, null, true, 0, 0, false, "{}");
        store(other);
        calls.get(0).complete(set(1));
        assertThat(own.join()).isEqualTo(other).isEqualTo(stored());
    }

    @Test
    void tokensOfAnInstanceThatWasSlowCountMoreThanTheFailureOfTheNext() {
        CompletableFuture<TokenSet> own = refresh(first);
        store(expired.failed(now, true));
        calls.get(0).complete(set(1));
        assertThat(own.join()).isEqualTo(set(1)).isEqualTo(stored());
    }

    @Test
    void failureOfAnInstanceThatWasSlowDoesNotCountAgainstTheTokensOfTheNext() {
        CompletableFuture<TokenSet> own = refresh(first);
        store(set(1));
        calls.get(0).completeExceptionally(new Refresher.DeadException(new IllegalStateException()));
        assertThat(own.join()).isEqualTo(set(1)).isEqualTo(stored());
    }

    /** Stores a set, as another instance does. */
    private void store(TokenSet set) {
        StoredSession session = store.load(token.id()).toCompletableFuture().join();
        store.update(token.id(), new SessionUpdate(session, (Presented) null, Map.of(TOKENS, set.encode()), Set.of(),
                TokenChange.KEEP, null, Long.MAX_VALUE)).toCompletableFuture().join();
    }

    @Test
    void instanceThatWaitsTakesOverWhenTheClaimIsOver() {
        CompletableFuture<String> gone = store
                .claim("oidc-refresh " + token.id() + ' ' + TOKENS, "of an instance that was killed",
                        Duration.ofHours(1))
                .toCompletableFuture();
        CompletableFuture<TokenSet> waiting = refresh(second);
        runLater();
        runLater();
        runLater();
        assertThat(waiting).isNotDone();
        assertThat(calls).isEmpty();
        store.release("oidc-refresh " + token.id() + ' ' + TOKENS, gone.join()).toCompletableFuture().join();
        runLater();
        assertThat(calls).hasSize(1);
        calls.get(0).complete(set(1));
        assertThat(waiting.join()).isEqualTo(set(1));
    }

    @Test
    void instanceWaitsForABoundedTime() {
        store.claim("oidc-refresh " + token.id() + ' ' + TOKENS, "somebody", Duration.ofHours(1)).toCompletableFuture().join();
        CompletableFuture<TokenSet> waiting = refresh(second);
        now += 2 * TIMEOUT.toMillis() + 1;
        runLater();
        assertThat(second.isPausing(waiting.join())).isTrue();
    }

    @Test
    void newTokensAreStoredAlsoIfTheStoreHangsMeanwhile() {
        CompletableFuture<TokenSet> own = refresh(first);
        hanging.hangs = true;
        calls.get(0).complete(set(1));
        now += TIMEOUT.toMillis() - 1;
        runLater();
        runLater();
        assertThat(own).isNotDone();
        assertThat(refresh(second)).as("the claim still holds").isNotDone();
        assertThat(calls).hasSize(1);
        hanging.hangs = false;
        runLater();
        assertThat(own.join()).isEqualTo(set(1)).isEqualTo(stored());
    }

    @Test
    void storeThatHangsIsNotAskedLongerThanTheClaimHolds() {
        CompletableFuture<TokenSet> own = refresh(first);
        hanging.hangs = true;
        calls.get(0).complete(set(1));
        runLater();
        now += TIMEOUT.toMillis();
        runLater();
        assertThat(own).isCompletedExceptionally();
        assertThat(later).isEmpty();
    }

    /** Stores nothing while it hangs. */
    private static final class HangingStore implements SessionStore {

        private final SessionStore delegate = new MemorySessionStore(10, SessionLimits.NONE);
        private boolean hangs;

        @Override
        public CompletionStage<StoredSession> load(SessionId id) {
            return delegate.load(id);
        }

        @Override
        public CompletionStage<Created> create(SessionId id, NewSession session) {
            return delegate.create(id, session);
        }

        @Override
        public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
            return hangs ? CompletableFuture.failedStage(new SessionStoreException("Out of order"))
                    : delegate.update(id, update);
        }

        @Override
        public CompletionStage<Boolean> destroy(SessionId id) {
            return delegate.destroy(id);
        }

        @Override
        public boolean isTransactional() {
            return true;
        }

        @Override
        public boolean hasClaims() {
            return true;
        }

        @Override
        public CompletionStage<String> claim(String name, String holder, Duration atMost) {
            return delegate.claim(name, holder, atMost);
        }

        @Override
        public CompletionStage<String> holder(String name) {
            return delegate.holder(name);
        }

        @Override
        public CompletionStage<Boolean> release(String name, String holder) {
            return delegate.release(name, holder);
        }
    }

    private CompletableFuture<TokenSet> refresh(Refresher refresher) {
        return refresher.refresh(token.id(), TOKENS, expired, this::call).toCompletableFuture();
    }

    private CompletionStage<TokenSet> call(TokenSet set) {
        CompletableFuture<TokenSet> call = new CompletableFuture<>();
        calls.add(call);
        return call;
    }

    private void runLater() {
        for (Runnable task : List.copyOf(later)) {
            later.remove(task);
            task.run();
        }
    }

    private TokenSet stored() {
        return TokenSet.decode(store.load(token.id()).toCompletableFuture().join().attributes().get(TOKENS));
    }

    private static TokenSet set(long generation) {
        return new TokenSet("q_session", 1, 1, 1, null, true, generation, 0, false, "{}");
    }
}
