package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.SessionCommittedException;
import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent.Refused;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.runtime.session.CommitResult.Keep;
import io.quarkiverse.imsession.runtime.session.CommitResult.Remove;
import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.ForwardingStore;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Requests whose commits disturb each other, and commits on demand. */
class TransactionsTest {

    private static final int OK = 200;
    private static final SessionPolicy POLICY = new SessionPolicy(Duration.ofHours(1), null, Renewal.ROTATE, null, 0.33,
            Duration.ofSeconds(10), false, null, 200, false, OnStoreFailure.FAIL, Set.of(), true);

    private final Store store = new Store();
    private final AtomicInteger repeated = new AtomicInteger();
    private final SessionEvents events = new SessionEvents(new SessionMetrics() {
        @Override
        public void repeated() {
            repeated.incrementAndGet();
        }
    }, List.of(), event -> {
    });
    private final TokenCodec tokens = new TokenCodec(List.of());
    private final GuardedStore guarded = new GuardedStore(store, SessionMetrics.NONE);
    private final SessionCommitter committer = new SessionCommitter(guarded, new UpdateTurns(), tokens, POLICY, events, null);
    private final SessionLoader loader = new SessionLoader(guarded, tokens, POLICY, events, committer);
    private String token;

    @BeforeEach
    void begin() {
        RequestSession session = loader.none();
        session.set(SessionData.of("count", 0, "name", "ada"));
        token = ((Send) await(committer.commit(session, OK, false))).token();
        store.updates = 0;
    }

    @Test
    void incrementsOfRequestsThatHaveReadTheSameAreAllCounted() {
        List<RequestSession> requests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            requests.add(request());
        }
        requests.forEach(session -> session.update(TransactionsTest::increment));
        requests.forEach(this::commit);

        assertThat(stored()).isEqualTo(SessionData.of("count", 20, "name", "ada"));
        assertThat(repeated).hasValue(19);
        assertThat(store.updates).isEqualTo(20 + 19);
    }

    @Test
    void updatesOfDifferentFieldsAreNotRepeated() {
        RequestSession first = request();
        RequestSession second = request();
        first.update(TransactionsTest::increment);
        second.update(data -> data.with("name", data.get("name", String.class).orElseThrow() + "!"));
        commit(first);
        commit(second);

        assertThat(stored()).isEqualTo(SessionData.of("count", 1, "name", "ada!"));
        assertThat(repeated).hasValue(0);
    }

    @Test
    void credentialsThatAnotherRequestHasReplacedStay() {
        Login login = Login.of("ada", Set.of(), "oidc:shop", "iss 7", Map.of());
        RequestSession session = request();
        session.login(login, id -> "{1}", null);
        token = ((Send) await(committer.commit(session, OK, false))).token();
        RequestSession first = request();
        RequestSession second = request();
        first.replaceCredentials(login.credentials(), "{2}");
        second.replaceCredentials(login.credentials(), "{3}");
        commit(first);
        commit(second);

        assertThat(request().storedAttribute(login.credentials())).isEqualTo("{2}");
    }

    @Test
    void setIsNotRepeatedAndTheLastWriterOfAFieldWins() {
        RequestSession first = request();
        RequestSession second = request();
        first.set(first.data().with("count", 5).with("first", true));
        second.set(second.data().with("count", 7));
        commit(first);
        commit(second);

        assertThat(stored()).isEqualTo(SessionData.of("count", 7, "name", "ada", "first", true));
        assertThat(repeated).hasValue(0);
    }

    @Test
    void changesOfARequestKeepTheirOrderWhenTheyAreRepeated() {
        RequestSession session = request();
        session.update(TransactionsTest::increment);
        session.set(session.data().with("name", "bob"));
        session.touch(Duration.ofMinutes(5));
        session.login("cora", Set.of());
        session.update(data -> data.with("both", data.get("count", Integer.class).orElseThrow() + " "
                + data.get("name", String.class).orElseThrow()));
        String csrf = session.csrf().token();
        other(data -> data.with("count", 40).with("other", 1));
        Send sent = (Send) commit(session);

        assertThat(stored(sent.token())).isEqualTo(SessionData.of("count", 41, "name", "bob", "principal", "cora", "both",
                "41 bob").with("other", 1));
        RequestSession next = await(loader.load(Set.of(sent.token()), Set::of));
        assertThat(next.principal()).contains("cora");
        assertThat(next.csrf().verify(csrf)).isTrue();
        assertThat(repeated).hasValue(1);
    }

    @Test
    void functionThatChangesNothingNowStoresNothing() {
        RequestSession session = request();
        session.update(data -> data.get("count", Integer.class).orElseThrow() < 3 ? increment(data) : data);
        other(data -> data.with("count", 3));

        assertThat(commit(session)).isEqualTo(CommitResult.KEEP);
        assertThat(stored()).isEqualTo(SessionData.of("count", 3, "name", "ada"));
    }

    @Test
    void functionThatFailsOnWhatOthersHaveStoredIsAConflict() {
        RequestSession session = request();
        session.update(TransactionsTest::first);
        other(TransactionsTest::increment);

        assertThatThrownBy(() -> commit(session)).isInstanceOf(SessionConflictException.class)
                .hasRootCauseMessage("sold out");
        assertThat(stored()).isEqualTo(SessionData.of("count", 1, "name", "ada"));
    }

    @Test
    void dataThatIsTooLargeOnlyWithWhatOthersHaveStoredIsAConflict() {
        RequestSession session = request();
        session.update(data -> data.with("text", data.get("name", String.class).orElseThrow().repeat(30)));
        other(data -> data.with("name", "a longer name"));

        assertThatThrownBy(() -> commit(session)).isInstanceOfSatisfying(SessionConflictException.class,
                conflict -> assertThat(conflict.reason()).isEqualTo(Refused.Reason.SIZE));
        assertThat(stored()).isEqualTo(SessionData.of("count", 0, "name", "a longer name"));
    }

    @Test
    void functionThatChangesItsOwnSessionIsRefused() {
        RequestSession session = request();
        for (Consumer<ImSession> change : List.<Consumer<ImSession>> of(one -> one.update(TransactionsTest::increment),
                one -> one.set(SessionData.of("a", 1)), ImSession::renew, ImSession::touch, ImSession::destroy,
                one -> one.login("ada", Set.of()), one -> one.label("x"), ImSession::data, one -> one.flash().put("a", 1),
                one -> one.flash().get("a", Integer.class),
                ImSession::commitAndAwait, ImSession::commit)) {
            assertThatThrownBy(() -> session.update(data -> {
                change.accept(session);
                return increment(data);
            })).isInstanceOf(IllegalStateException.class).hasMessageMatching(
                    ".*(in the function given to ImSession.update\\(\\)|in a function that is to change the same session).*");
        }
        assertThat(session.data()).isEqualTo(SessionData.of("count", 0, "name", "ada"));
        session.update(TransactionsTest::increment);
        commit(session);
        assertThat(stored()).isEqualTo(SessionData.of("count", 1, "name", "ada"));
    }

    @Test
    void requestThatOthersDisturbAllTheTimeGivesUp() {
        RequestSession session = request();
        session.update(TransactionsTest::increment);
        store.beforeUpdate = () -> other(data -> data.with("count", data.get("count", Integer.class).orElseThrow() + 100));

        assertThatThrownBy(() -> commit(session)).isInstanceOf(SessionConflictException.class).hasMessageContaining("kept");
        assertThat(stored().get("count", Integer.class)).contains(100 * UpdateTurns.MOST_ATTEMPTS);
    }

    @Test
    void requestWhoseTurnDoesNotComeForLongGivesUp() {
        UpdateTurns impatient = new UpdateTurns(millis -> Runnable::run, Duration.ofMillis(1));
        SessionCommitter waiting = new SessionCommitter(guarded, impatient, tokens, POLICY, events, null);
        RequestSession session = request();
        UpdateTurns.Turn never = await(impatient.take(session.id().orElseThrow(), Expected.EVERYTHING));
        session.update(TransactionsTest::increment);

        assertThatThrownBy(() -> await(waiting.commit(session, OK, false))).isInstanceOf(SessionConflictException.class)
                .hasMessageContaining("kept");
        never.end(null);
        assertThat(stored().get("count", Integer.class)).contains(0);
    }

    @Test
    void sessionThatEndedMeanwhileIsAConflictAsBefore() {
        RequestSession session = request();
        session.update(TransactionsTest::increment);
        RequestSession end = request();
        end.destroy();
        assertThat(commit(end)).isInstanceOf(Remove.class);

        assertThatThrownBy(() -> commit(session)).isInstanceOf(SessionConflictException.class).hasMessageContaining("ended");
    }

    @Test
    void commitOnDemandShowsWhatTheStoreHas() {
        RequestSession session = request();
        session.update(TransactionsTest::increment);
        other(data -> increment(data).with("other", 1));

        SessionData committed = session.commitAndAwait();
        assertThat(committed).isEqualTo(SessionData.of("count", 2, "name", "ada", "other", 1));
        assertThat(session.data()).isEqualTo(committed).isEqualTo(stored());
        assertThat(commit(session)).isInstanceOf(Send.class);
        assertThat(store.updates).isEqualTo(3);
    }

    @Test
    void commitOnDemandWithoutOthersShowsWhatTheStoreHas() {
        RequestSession session = request();
        session.update(TransactionsTest::increment);
        assertThat(session.commitAndAwait()).isEqualTo(stored());
        session.update(TransactionsTest::increment);
        assertThat(session.commitAndAwait()).isEqualTo(SessionData.of("count", 2, "name", "ada")).isEqualTo(stored());
        assertThat(store.updates).isEqualTo(2);
        assertThat(repeated).hasValue(0);
    }

    @Test
    void commitOnDemandMakesASessionWhoseTokenTheResponseSends() {
        RequestSession session = loader.none();
        session.update(data -> data.with("count", 1));
        SessionId id = session.id().orElseThrow();
        assertThat(session.commitAndAwait()).isEqualTo(SessionData.of("count", 1));
        assertThat(session.id()).contains(id);
        assertThat(session.createdAt()).isPresent();
        session.update(TransactionsTest::increment);

        Send sent = (Send) commit(session);
        assertThat(stored(sent.token())).isEqualTo(SessionData.of("count", 2));
        assertThat(sent.onlyCopy()).isNotNull();
    }

    @Test
    void tokenOfACommitOnDemandIsSentAlsoIfNothingFollowsOrTheResponseFails() {
        RequestSession session = request();
        session.renew();
        session.commitAndAwait();
        Send sent = (Send) await(committer.commit(session, 500, false));
        assertThat(stored(sent.token())).isEqualTo(SessionData.of("count", 0, "name", "ada"));
        assertThat(await(loader.load(Set.of(token), Set::of)).exists()).isFalse();
    }

    @Test
    void destroyOnDemandRemovesTheTokenAndALaterChangeMakesANewSession() {
        RequestSession session = request();
        session.destroy();
        assertThat(session.commitAndAwait()).isEqualTo(SessionData.empty());
        assertThat(session.exists()).isFalse();
        session.set(SessionData.of("new", 1));

        Send sent = (Send) commit(session);
        assertThat(stored(sent.token())).isEqualTo(SessionData.of("new", 1));
        assertThat(await(loader.load(Set.of(token), Set::of)).exists()).isFalse();
    }

    @Test
    void failureOfACommitOnDemandIsTheCallersAndDropsTheChanges() {
        RequestSession session = request();
        session.update(TransactionsTest::increment);
        store.failure = new SessionStoreException("Out of order");
        assertThatThrownBy(session::commitAndAwait).isInstanceOf(SessionStoreException.class);
        store.failure = null;

        assertThat(session.data()).isEqualTo(SessionData.of("count", 0, "name", "ada"));
        assertThat(commit(session)).isEqualTo(CommitResult.KEEP);
        assertThat(stored()).isEqualTo(SessionData.of("count", 0, "name", "ada"));
    }

    @Test
    void exceptionOfAFunctionThatACommitOnDemandRepeatsIsTheCallers() {
        RequestSession session = request();
        session.update(TransactionsTest::first);
        other(TransactionsTest::increment);
        assertThatThrownBy(session::commitAndAwait).isInstanceOf(IllegalStateException.class).hasMessage("sold out");
    }

    @Test
    void errorOfAFunctionThatACommitOnDemandRepeatsIsTheCallers() {
        RequestSession session = request();
        session.update(data -> {
            if (data.get("count", Integer.class).orElseThrow() > 0) {
                throw new AssertionError("counted twice");
            }
            return increment(data);
        });
        other(TransactionsTest::increment);
        assertThatThrownBy(session::commitAndAwait).isInstanceOf(AssertionError.class).hasMessage("counted twice");
    }

    @Test
    void responseThatIsLateDoesNotOverwriteTheTokenOfALogInMeanwhile() {
        RequestSession slow = request();
        slow.update(TransactionsTest::increment);
        slow.commitAndAwait();
        RequestSession login = request();
        login.login("bob", Set.of());
        assertThat(commit(login)).isInstanceOf(Send.class);
        becomeLate();

        assertThat(commit(slow)).isEqualTo(CommitResult.KEEP);
    }

    @Test
    void responseThatTellsTheLifetimeOfAnEarlierCommitDoesSoWhileItsTokenIsTheNewest() {
        RequestSession session = request();
        session.update(TransactionsTest::increment);
        session.commitAndAwait();
        becomeLate();

        assertThat(commit(session)).isInstanceOfSatisfying(Send.class, sent -> assertThat(sent.token()).isEqualTo(token));
    }

    @Test
    void requestThatOnlyReadsTellsTheVersionThatItHasSeenUnlessItsTokenWasReplacedMeanwhile() {
        TokenCodec telling = new TokenCodec(List.of(), true);
        SessionCommitter committer = new SessionCommitter(guarded, new UpdateTurns(), telling, POLICY, events, null);
        SessionLoader loader = new SessionLoader(guarded, telling, POLICY, events, committer);
        other(TransactionsTest::increment);
        RequestSession read = await(loader.load(Set.of(token), Set::of));
        RequestSession slow = await(loader.load(Set.of(token), Set::of));
        assertThat(await(committer.commit(read, OK, false)))
                .isInstanceOfSatisfying(Send.class, sent -> assertThat(sent.token()).isEqualTo(token + ".2"));
        RequestSession login = request();
        login.login("bob", Set.of());
        commit(login);
        becomeLate();

        assertThat(await(committer.commit(slow, OK, false))).isEqualTo(CommitResult.KEEP);
    }

    /** Lets the next response be one that asks whether its token is still the newest. */
    private static void becomeLate() {
        LockSupport.parkNanos(2 * RequestCommits.LATE_NANOS);
    }

    @Test
    void commitOfNothingTellsTheVersionThatItHasSeen() {
        TokenCodec telling = new TokenCodec(List.of(), true);
        SessionCommitter committer = new SessionCommitter(guarded, new UpdateTurns(), telling, POLICY, events, null);
        RequestSession session = await(
                new SessionLoader(guarded, telling, POLICY, events, committer).load(Set.of(token), Set::of));
        other(TransactionsTest::increment);
        assertThat(session.commitAndAwait()).isEqualTo(stored());

        assertThat(await(committer.commit(session, OK, false)))
                .isInstanceOfSatisfying(Send.class, sent -> assertThat(sent.token()).isEqualTo(token + ".2"));
    }

    @Test
    void afterTheResponseHasBegunOnlyCommitsOnDemandStore() {
        RequestSession session = request();
        session.update(TransactionsTest::increment);
        commit(session);
        session.update(TransactionsTest::increment);
        assertThat(stored().get("count", Integer.class)).contains(1);
        other(TransactionsTest::increment);

        assertThat(session.commitAndAwait()).isEqualTo(stored());
        assertThat(stored().get("count", Integer.class)).contains(3);
    }

    @Test
    void afterTheResponseHasBegunNothingThatNeedsACookieIsPossible() {
        RequestSession session = request();
        RequestSession none = loader.none();
        committer.commit(session, OK, false);
        committer.commit(none, OK, false);

        for (Consumer<ImSession> change : List.<Consumer<ImSession>> of(ImSession::renew, one -> one.login("ada", Set.of()))) {
            assertThatThrownBy(() -> change.accept(session)).isInstanceOf(SessionCommittedException.class)
                    .hasMessageContaining("the client can no longer get the token");
        }
        assertThatThrownBy(() -> none.set(SessionData.of("a", 1))).isInstanceOf(SessionCommittedException.class);
        session.destroy();
        session.commitAndAwait();
        assertThatThrownBy(() -> session.set(SessionData.of("a", 1))).isInstanceOf(SessionCommittedException.class);
        assertThat(await(loader.load(Set.of(token), Set::of)).exists()).isFalse();
    }

    @Test
    void changesDuringACommitAreStoredByTheNextOne() {
        RequestSession session = request();
        session.update(TransactionsTest::increment);
        store.hold();
        CompletableFuture<SessionData> first = session.commit().subscribeAsCompletionStage();
        session.update(TransactionsTest::increment);
        CompletableFuture<SessionData> second = session.commit().subscribeAsCompletionStage();
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        store.release();

        assertThat(first.join().get("count", Integer.class)).contains(1);
        assertThat(second.join()).isEqualTo(stored()).isEqualTo(SessionData.of("count", 2, "name", "ada"));
    }

    @Test
    void commitStoresTheChangesBeforeItAndLeavesLaterOnesToTheNext() {
        RequestSession session = request();
        store.hold();
        session.update(data -> data.with("a", 1));
        CompletableFuture<SessionData> first = session.commit().subscribeAsCompletionStage();
        session.update(data -> data.with("b", 1));
        CompletableFuture<SessionData> second = session.commit().subscribeAsCompletionStage();
        session.update(data -> data.with("c", 1));
        store.release();

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(stored()).isEqualTo(SessionData.of("count", 0, "name", "ada", "a", 1, "b", 1));
        assertThat(session.data()).isEqualTo(stored().with("c", 1));
        commit(session);
        assertThat(stored()).isEqualTo(session.data());
    }

    @Test
    void commitThatFailsDropsItsOwnChangesOnly() {
        RequestSession session = request();
        store.hold();
        session.update(TransactionsTest::increment);
        session.update(data -> data.with("a", 1));
        CompletableFuture<SessionData> first = session.commit().subscribeAsCompletionStage();
        session.update(TransactionsTest::increment);
        session.update(data -> data.with("b", 1));
        CompletableFuture<SessionData> second = session.commit().subscribeAsCompletionStage();
        store.releaseWith(new SessionStoreException("Out of order"));

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedWithValue(SessionData.of("count", 1, "name", "ada", "b", 1));
        assertThat(stored()).isEqualTo(second.join());
    }

    @Test
    void failureOfACommitThatWasCancelledIsToldByTheResponse() {
        RequestSession session = request();
        store.hold();
        session.update(TransactionsTest::increment);
        session.commit().subscribe().with(data -> {
        }).cancel();
        store.releaseWith(new SessionStoreException("Out of order"));
        session.update(data -> data.with("a", 1));
        assertThat(session.commitAndAwait()).isEqualTo(SessionData.of("count", 0, "name", "ada", "a", 1));

        assertThatThrownBy(() -> commit(session)).isInstanceOf(SessionStoreException.class);
    }

    @Test
    void responseThatWaitsForACancelledCommitTellsItsFailure() {
        RequestSession session = request();
        store.hold();
        session.update(TransactionsTest::increment);
        session.commit().subscribe().with(data -> {
        }).cancel();
        CompletionStage<CommitResult> response = committer.commit(session, OK, false);
        store.releaseWith(new SessionStoreException("Out of order"));

        assertThatThrownBy(() -> await(response)).isInstanceOf(SessionStoreException.class);
    }

    @Test
    void commitThatWasCancelledAndSucceedsIsNoFailure() {
        RequestSession session = request();
        store.hold();
        session.update(TransactionsTest::increment);
        session.commit().subscribe().with(data -> {
        }).cancel();
        store.release();

        commit(session);
        assertThat(stored().get("count", Integer.class)).contains(1);
    }

    @Test
    void tooManyCommitsAtOnceAreRefused() {
        RequestSession session = request();
        store.hold();
        List<CompletableFuture<SessionData>> commits = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            session.update(TransactionsTest::increment);
            commits.add(session.commit().subscribeAsCompletionStage());
        }
        session.update(TransactionsTest::increment);
        assertThatThrownBy(session::commitAndAwait).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("commits of the same session were under way");
        store.release();

        for (int i = 0; i < 100; i++) {
            assertThat(commits.get(i).join().get("count", Integer.class)).contains(i + 1);
        }
        assertThat(session.commitAndAwait().get("count", Integer.class)).contains(101);
    }

    @Test
    void renewalAfterACommitThatMakesAnotherSessionRenewsThatOne() {
        RequestSession session = request();
        store.hold();
        session.destroy();
        session.set(SessionData.of("new", 1));
        SessionId made = session.id().orElseThrow();
        CompletableFuture<SessionData> first = session.commit().subscribeAsCompletionStage();
        session.renew();
        session.login("ada", Set.of());
        store.release();

        assertThat(first).isCompletedWithValue(SessionData.of("new", 1));
        Send sent = (Send) commit(session);
        assertThat(sent.token()).startsWith(made.value());
        RequestSession next = await(loader.load(Set.of(sent.token()), Set::of));
        assertThat(next.principal()).contains("ada");
        assertThat(next.data().get("new", Integer.class)).contains(1);
    }

    @Test
    void sessionThatIsMadeWhileAnEndIsStoredKeepsItsId() {
        RequestSession session = request();
        store.hold();
        session.destroy();
        CompletableFuture<SessionData> end = session.commit().subscribeAsCompletionStage();
        session.update(data -> data.with("new", 1));
        SessionId made = session.id().orElseThrow();
        String csrf = session.csrf().token();
        store.release();

        assertThat(end).isCompletedWithValue(SessionData.empty());
        assertThat(session.id()).contains(made);
        Send sent = (Send) commit(session);
        assertThat(sent.token()).startsWith(made.value());
        assertThat(await(loader.load(Set.of(sent.token()), Set::of)).csrf().verify(csrf)).isTrue();
    }

    @Test
    void commitGoesOnInTheContextOfItsCallerWhateverLetItGoOn() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Context own = vertx.getOrCreateContext();
            Context other = vertx.getOrCreateContext();
            CompletableFuture<Void> gate = store.hold();
            CompletableFuture<Context> after = new CompletableFuture<>();
            own.runOnContext(begin -> {
                RequestSession session = request();
                session.update(TransactionsTest::increment);
                session.commit().subscribe().with(data -> after.complete(Vertx.currentContext()), after::completeExceptionally);
                other.runOnContext(end -> gate.complete(null));
            });
            assertThat(after.get(30, TimeUnit.SECONDS)).isSameAs(own);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void changeThatFailsOnWhatAnEarlierCommitHasStoredFailsItsOwnCommitOnly() {
        RequestSession session = request();
        CompletableFuture<Void> gate = store.hold();
        session.touch();
        CompletableFuture<SessionData> first = session.commit().subscribeAsCompletionStage();
        session.update(TransactionsTest::first);
        CompletableFuture<SessionData> second = session.commit().subscribeAsCompletionStage();
        session.update(data -> data.with("c", 1));
        CompletableFuture<SessionData> third = session.commit().subscribeAsCompletionStage();
        store.gate = null;
        other(TransactionsTest::increment);
        gate.complete(null);

        assertThat(first).isCompletedWithValue(SessionData.of("count", 1, "name", "ada"));
        assertThatThrownBy(second::join).hasRootCauseMessage("sold out");
        assertThat(third).isCompletedWithValue(SessionData.of("count", 1, "name", "ada", "c", 1));
    }

    @Test
    void changeAfterTheResponseHasBegunIsNotStoredByItsCommit() {
        RequestSession session = request();
        store.hold();
        session.update(TransactionsTest::increment);
        session.commit().subscribeAsCompletionStage();
        session.update(TransactionsTest::increment);
        CompletableFuture<CommitResult> response = committer.commit(session, OK, false).toCompletableFuture();
        session.update(TransactionsTest::increment);
        store.release();

        assertThat(response).isCompleted();
        assertThat(stored().get("count", Integer.class)).contains(2);
        assertThat(session.commitAndAwait().get("count", Integer.class)).contains(3);
    }

    @Test
    void commitThatChangesNothingInAnOldSessionIsMadeOfTheSessionAsItIs() {
        for (UnaryOperator<SessionData> change : List.<UnaryOperator<SessionData>> of(data -> data.with("count", 0),
                data -> data.without("flag"), data -> data.get("name", String.class).equals(Optional.of("ada"))
                        ? data
                        : data.with("name", "ada"))) {
            RequestSession session = request();
            commit(session);
            other(data -> data.with("count", 7).with("flag", true).with("name", "bob"));
            session.update(change);

            SessionData committed = session.commitAndAwait();
            assertThat(committed).isEqualTo(change.apply(SessionData.of("count", 7, "name", "bob", "flag", true)));
            assertThat(stored()).isEqualTo(committed).isEqualTo(session.data());
            other(data -> SessionData.of("count", 0, "name", "ada"));
        }
    }

    @Test
    void setOfWhatTheRequestHasSeenStoresNothing() {
        RequestSession session = request();
        session.commitAndAwait();
        other(data -> data.with("count", 7));
        session.set(session.data().with("count", 0));

        assertThat(session.commitAndAwait()).isEqualTo(stored()).isEqualTo(SessionData.of("count", 7, "name", "ada"));
    }

    @Test
    void commitWithoutChangesShowsWhatTheStoreHas() {
        RequestSession session = request();
        other(data -> data.with("count", 7));
        assertThat(session.commitAndAwait()).isEqualTo(stored()).isEqualTo(session.data());
        commit(session);
        other(data -> data.with("count", 8));
        assertThat(session.commitAndAwait()).isEqualTo(stored()).isEqualTo(session.data());
        assertThat(store.updates).as("updates, those of the others").isEqualTo(2);
        assertThat(repeated).hasValue(0);
        assertThat(loader.none().commitAndAwait()).isEqualTo(SessionData.empty());
    }

    @Test
    void commitWithoutChangesTellsThatTheSessionHasEndedOrWasRenewed() {
        RequestSession session = request();
        RequestSession late = request();
        RequestSession renewal = request();
        renewal.renew();
        token = ((Send) commit(renewal)).token();
        assertThatThrownBy(session::commitAndAwait).isInstanceOf(SessionConflictException.class);

        RequestSession second = request();
        RequestSession end = request();
        end.destroy();
        commit(end);
        assertThatThrownBy(second::commitAndAwait).isInstanceOf(SessionConflictException.class);
        assertThatThrownBy(late::commitAndAwait).isInstanceOf(SessionConflictException.class);
    }

    @Test
    void responseWaitsForACommitOnDemand() {
        RequestSession session = request();
        session.update(TransactionsTest::increment);
        store.hold();
        session.commit().subscribeAsCompletionStage();
        session.update(TransactionsTest::increment);
        CompletableFuture<CommitResult> response = committer.commit(session, OK, false).toCompletableFuture();
        assertThat(response).isNotDone();
        store.release();

        assertThat(response.join()).isInstanceOf(Send.class);
        assertThat(stored()).isEqualTo(SessionData.of("count", 2, "name", "ada"));
    }

    private RequestSession request() {
        return await(loader.load(Set.of(token), Set::of));
    }

    private void other(UnaryOperator<SessionData> change) {
        Runnable before = store.beforeUpdate;
        store.beforeUpdate = null;
        RequestSession session = request();
        // Others do not wait for their turn: they are in another instance of the application.
        SessionCommitter elsewhere = new SessionCommitter(guarded, new UpdateTurns(), tokens, POLICY, events, null);
        session.update(change);
        await(elsewhere.commit(session, OK, false));
        store.beforeUpdate = before;
    }

    private CommitResult commit(RequestSession session) {
        CompletionStage<CommitResult> commit = committer.commit(session, OK, false);
        return commit == null ? new Keep() : await(commit);
    }

    private SessionData stored() {
        return stored(token);
    }

    private SessionData stored(String of) {
        return await(store.load(new SessionId(of.substring(0, SessionId.LENGTH)))).data();
    }

    private static SessionData increment(SessionData data) {
        return data.with("count", data.get("count", Integer.class).orElseThrow() + 1);
    }

    /** Increments only once. */
    private static SessionData first(SessionData data) {
        if (data.get("count", Integer.class).orElseThrow() > 0) {
            throw new IllegalStateException("sold out");
        }
        return increment(data);
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RequestRefusedException refused ? refused : e;
        }
    }

    private static final class Store implements ForwardingStore {

        private final SessionStore memory = new MemorySessionStore(100, SessionLimits.NONE);
        private int updates;
        private @Nullable Runnable beforeUpdate;
        private @Nullable SessionStoreException failure;
        /** What changes wait for. */
        private @Nullable CompletableFuture<Void> gate;

        /** Lets later changes wait. */
        private CompletableFuture<Void> hold() {
            gate = new CompletableFuture<>();
            return gate;
        }

        /** Lets nothing wait any more. */
        private void release() {
            CompletableFuture<Void> held = gate;
            gate = null;
            held.complete(null);
        }

        /** Lets what waits fail, and nothing wait any more. */
        private void releaseWith(SessionStoreException failed) {
            CompletableFuture<Void> held = gate;
            gate = null;
            held.completeExceptionally(failed);
        }

        @Override
        public SessionStore delegate() {
            return memory;
        }

        @Override
        public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
            if (beforeUpdate != null) {
                beforeUpdate.run();
            }
            if (failure != null) {
                return CompletableFuture.failedStage(failure);
            }
            updates++;
            return gate == null ? memory.update(id, update) : gate.thenCompose(open -> memory.update(id, update));
        }

        @Override
        public CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
            return gate == null ? memory.destroy(id, presented) : gate.thenCompose(open -> memory.destroy(id, presented));
        }

        @Override
        public CompletionStage<Replaced> replace(SessionId old, Presented presented, Duration grace, SessionId id,
                NewSession session) {
            return gate == null ? memory.replace(old, presented, grace, id, session)
                    : gate.thenCompose(open -> memory.replace(old, presented, grace, id, session));
        }
    }
}
