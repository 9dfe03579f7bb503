package io.quarkiverse.imsession.runtime.interleavings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.interleavings.Step.Pair;
import io.quarkiverse.imsession.runtime.session.RequestAccess;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkiverse.imsession.runtime.store.MemoryAccess;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.smallrye.mutiny.subscription.Cancellable;

/** Updates that take turns: whatever becomes of one of them, the next one gets its turn, and no right that it has not. */
class TurnsTest {

    private static final int OK = 200;
    private static final int MANY = 20_000;
    private static final SessionToken TOKEN = SessionToken.generate(new SecureRandom());

    private final HeldStore store = new HeldStore(MemoryAccess.store(10, Clock.systemUTC()));
    private final RequestAccess requests = new RequestAccess(store, store);
    private final ReactiveImSessions byId = requests.administration(Set.of());

    TurnsTest() {
        store.create(TOKEN.id(),
                new NewSession(TOKEN.hash(), SessionData.of("count", 0, "a", 0, "b", 1),
                        new Expiry(RequestAccess.TIMEOUT, null, null)));
    }

    private static List<Throwable> failures() {
        return List.of(new IllegalStateException("sold out"), new NoClassDefFoundError("Shop"), new AssertionError("sold out"),
                new StackOverflowError(), new IOException("sold out"));
    }

    /** An error, and an exception that the compiler of another language does not check, are failures as well. */
    @ParameterizedTest
    @MethodSource("failures")
    void functionThatFailsWhenItIsRepeatedFailsItsCommitAndTheNextOneGetsItsTurn(Throwable failure) {
        RequestSession failing = load();
        AtomicInteger calls = new AtomicInteger();
        failing.update(data -> {
            if (calls.getAndIncrement() > 0) {
                throwAny(failure);
            }
            return increment(data);
        });
        CompletableFuture<?> counted = increment(load());
        CompletableFuture<?> refused = commit(failing);
        store.releaseAll();
        CompletableFuture<?> next = increment(load());
        store.releaseAll();

        assertThat(counted).isCompleted();
        assertThat(refused).as("the commit whose function has failed").isCompletedExceptionally();
        assertThat(next).as("the commit after it").isCompleted();
        assertThat(stored("count")).isEqualTo(2);
    }

    /** The end of a turn begins the next one, which a store in memory answers at once, and so on. */
    @Test
    void anyNumberOfUpdatesMayWaitForTheirTurns() {
        takeTurn(load());
        List<CompletableFuture<?>> waiting = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            waiting.add(increment(load()));
        }
        store.holdNothing();
        store.releaseAll();

        assertThat(waiting.stream().filter(commit -> !commit.isDone()).count()).as("commits that wait for ever").isZero();
        assertThat(stored("count")).isEqualTo(2 + MANY);
    }

    @Test
    void updateThatIsCancelledWhileItWaitsForItsTurnLeavesTheTurnToTheNextOne() {
        List<CompletableFuture<Boolean>> updates = new ArrayList<>();
        updates.add(incrementById());
        updates.add(incrementById());
        Cancellable cancelled = byId.update(TOKEN.id(), TurnsTest::increment).subscribe().with(done -> {
        });
        // The first one is stored, the second one has a turn to be repeated in, and the third one waits.
        release(6);
        cancelled.cancel();
        store.releaseAll();
        updates.add(incrementById());
        updates.add(incrementById());
        store.releaseAll();

        assertThat(updates).allSatisfy(update -> assertThat(update).isCompletedWithValue(true));
        assertThat(stored("count")).isEqualTo(4);
    }

    /** The application has renewed the token, for example at a log-in: the old one may be another's. */
    @Test
    void updateThatHasWaitedForARenewalByTheApplicationIsRefused() {
        RequestSession old = load();
        RequestSession renewing = load();
        renewing.renew();
        CompletableFuture<?> renewed = takeTurn(renewing);
        CompletableFuture<?> late = increment(old);
        store.releaseAll();

        assertThat(renewed).isCompleted();
        assertThat(requests.finds(TOKEN)).isFalse();
        assertThatThrownBy(late::join).hasCauseInstanceOf(SessionConflictException.class);
        assertThat(stored("count")).isEqualTo(2);
    }

    /** Its function would change nothing, so the store would not be asked whether the token is valid. */
    @Test
    void commitThatHasWaitedForARenewalByTheApplicationDoesNotShowWhatIsStoredNow() {
        RequestSession old = load();
        old.update(data -> data.get("count", Integer.class).orElseThrow() < 2 ? increment(data) : data);
        RequestSession renewing = load();
        renewing.renew();
        takeTurn(renewing);
        CompletableFuture<SessionData> seen = old.commit().subscribeAsCompletionStage();
        store.releaseAll();

        assertThatThrownBy(seen::join).hasCauseInstanceOf(SessionConflictException.class);
    }

    /** To give a field the value that it had when the request began is a change if it had another one in between. */
    @Test
    void componentOfARecordThatGetsItsLoadedValueBackIsKept() {
        RequestSession back = load();
        back.set(back.data().without("b"));
        back.update(Pair.class, pair -> new Pair(pair.a(), Optional.of(1)));
        back.update(data -> data.with("c", 1));
        assertBIsKept(back);
    }

    @Test
    void setThatGivesAFieldItsLoadedValueBackIsKept() {
        RequestSession back = load();
        back.set(back.data().without("b"));
        back.set(back.data().with("b", 1).with("c", 1));
        assertBIsKept(back);
    }

    /** Either it was first, and the other request sees c, or it was last, and b is its own. */
    private void assertBIsKept(RequestSession back) {
        RequestSession other = load();
        other.update(data -> data.with("b", data.contains("c") ? 3 : 2));
        commit(other);
        commit(back);
        store.releaseAll();
        assertThat(stored("c")).isEqualTo(1);
        assertThat(stored("b")).isIn(1, 3);
    }

    /** A set that is repeated sets the field, although another request has set it to the same value meanwhile. */
    @Test
    void setOfWhatAnotherRequestHasSetMeanwhileIsKept() {
        RequestSession setting = load();
        setting.update(TurnsTest::increment);
        setting.set(setting.data().with("c", 1));
        RequestSession same = load();
        same.update(data -> increment(data).with("c", 1));
        commit(same);
        store.releaseAll();
        commit(setting);
        // It is refused, and asked for again.
        release(2);
        RequestAccess elsewhere = new RequestAccess(store, store);
        RequestSession removing = elsewhere.loader().load(Set.of(TOKEN.value()), Set::of).toCompletableFuture().join();
        removing.update(data -> data.without("c").with("a", data.get("count", Integer.class).orElseThrow()));
        elsewhere.committer().commit(removing, OK, false);
        store.release(1);
        store.releaseAll();

        assertThat(stored("count")).isEqualTo(2);
        assertThat(stored("a") == 1).as("Whether the removal came before the set").isEqualTo(stored("c") == 1);
    }

    private RequestSession load() {
        return requests.loader().load(Set.of(TOKEN.value()), Set::of).toCompletableFuture().join();
    }

    private CompletableFuture<?> commit(RequestSession session) {
        return requests.committer().commit(session, OK, false).toCompletableFuture();
    }

    private CompletableFuture<?> increment(RequestSession session) {
        session.update(TurnsTest::increment);
        return commit(session);
    }

    private CompletableFuture<Boolean> incrementById() {
        return byId.update(TOKEN.id(), TurnsTest::increment).subscribeAsCompletionStage();
    }

    /** Lets the increment of a request collide with another one. It gets a turn, and its second call of the store is held. */
    private CompletableFuture<?> takeTurn(RequestSession session) {
        increment(load());
        CompletableFuture<?> commit = increment(session);
        release(4);
        return commit;
    }

    private void release(int times) {
        for (int i = 0; i < times; i++) {
            store.release(0);
        }
    }

    private static SessionData increment(SessionData data) {
        return data.with("count", data.get("count", Integer.class).orElseThrow() + 1);
    }

    /** A field as it is stored; 0 without it. */
    private int stored(String field) {
        return store.load(TOKEN.id()).toCompletableFuture().join().data().get(field, Integer.class).orElse(0);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAny(Throwable failure) throws T {
        throw (T) failure;
    }
}
