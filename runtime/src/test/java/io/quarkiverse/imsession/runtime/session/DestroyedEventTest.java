package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionEvent.Destroyed.Cause;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.vertx.core.Vertx;

/** What the end of a session tells of who was logged in. */
class DestroyedEventTest {

    private static final SessionPolicy POLICY = new SessionPolicy(Duration.ofHours(1), null, Renewal.ROTATE, null, 0.33,
            Duration.ofSeconds(10), true, null, 10_000, false, OnStoreFailure.FAIL, Set.of(), true);

    private final Vertx vertx = Vertx.vertx();
    private final List<SessionEvent> fired = new CopyOnWriteArrayList<>();
    private final SessionEvents events = new SessionEvents(SessionMetrics.NONE, List.of(), fired::add);
    private final GuardedStore store = new GuardedStore(new MemorySessionStore(10, SessionLimits.NONE), SessionMetrics.NONE);
    private final TokenCodec tokens = new TokenCodec(List.of());
    private final SessionCommitter committer = new SessionCommitter(store, new UpdateTurns(), tokens, POLICY, events, vertx);
    private final SessionLoader loader = new SessionLoader(store, tokens, POLICY, events, committer);

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void endByARequestTellsWhoWasLoggedIn() {
        String ada = token(loader.none(), session -> session.login("ada", Set.of("admin")));
        await(commit(await(loader.load(Set.of(ada), Set::of)), ImSession::destroy));
        assertThat(ended()).containsExactly(new Destroyed(id(ada), Cause.REQUEST, Optional.of("ada")));
    }

    @Test
    void logInOfAnotherUserTellsWhoWasLoggedInBefore() {
        String ada = token(loader.none(), session -> session.login("ada", Set.of()));
        token(await(loader.load(Set.of(ada), Set::of)), session -> session.login("bob", Set.of()));
        assertThat(ended()).containsExactly(new Destroyed(id(ada), Cause.REQUEST, Optional.of("ada")));
    }

    @Test
    void endOfAVisitorsSessionTellsNobodyAlsoIfItsDataHasANameOfTheField() {
        String visitor = token(loader.none(), session -> session.set(SessionData.of(ImSession.PRINCIPAL, "ada")));
        await(commit(await(loader.load(Set.of(visitor), Set::of)), ImSession::destroy));
        assertThat(ended()).containsExactly(new Destroyed(id(visitor), Cause.REQUEST));
    }

    @Test
    void principalIsNotInTheTextOfTheEventAsThatIsLogged() {
        assertThat(new Destroyed(new SessionId("abcXYZ0123456789-_abcd"), Cause.REQUEST, Optional.of("ada")))
                .hasToString("Destroyed[id=abcXYZ0123456789-_abcd, cause=REQUEST]");
    }

    private List<SessionEvent> ended() {
        return fired.stream().filter(Destroyed.class::isInstance).toList();
    }

    private SessionId id(String token) {
        return new SessionId(token.substring(0, SessionId.LENGTH));
    }

    private String token(RequestSession session, Consumer<ImSession> change) {
        return ((Send) await(commit(session, change))).token();
    }

    private CompletionStage<CommitResult> commit(RequestSession session, Consumer<ImSession> change) {
        change.accept(session);
        return committer.commit(session, 200, false);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
