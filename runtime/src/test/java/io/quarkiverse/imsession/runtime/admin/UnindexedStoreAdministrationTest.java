package io.quarkiverse.imsession.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.PageRequest;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.SessionEvents;
import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkiverse.imsession.runtime.session.UpdateTurns;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.test.ForwardingStore;

/** A store of an application's own need not find sessions by references. */
class UnindexedStoreAdministrationTest {

    private final SessionStore store = new Unindexed(new MemorySessionStore(10, SessionLimits.NONE));
    private final ImSessions sessions = new BlockingSessions(
            new SessionAdministration(new GuardedStore(store, SessionMetrics.NONE), new UpdateTurns(),
                    SessionAdministrationContract.policy(Set.of("user_id")), SessionEvents.NONE,
                    Set.of("user_id")));

    @Test
    void sessionsAreReachedByTheirIds() {
        SessionToken token = SessionToken.generate(new SecureRandom());
        store.create(token.id(), new NewSession(token.hash(), SessionData.of("a", 1, "b", 2),
                new Expiry(Duration.ofHours(1), null, null))).toCompletableFuture().join();
        assertThat(sessions.get(token.id(), Set.of("a")).orElseThrow().data()).isEqualTo(SessionData.of("a", 1));
        assertThat(sessions.update(token.id(), SessionData.of("b", 3))).isTrue();
        assertThat(sessions.touch(token.id())).isTrue();
        assertThat(sessions.destroy(token.id())).isTrue();
    }

    @Test
    void whatNeedsAnIndexTellsTheMend() {
        List<ThrowingCallable> calls = List.of(() -> sessions.list("user_id", 1, 10),
                () -> sessions.list(PageRequest.ofSize(10)), () -> sessions.stream("user_id", 1), () -> sessions.stream(),
                () -> sessions.count("user_id", 1), () -> sessions.count(), () -> sessions.destroyAll("user_id", 1),
                () -> sessions.destroyEverySession(),
                () -> sessions.destroyOthers("user_id", 1, new SessionId("a".repeat(22))));
        for (ThrowingCallable call : calls) {
            assertThatIllegalStateException().isThrownBy(call).withMessageContaining(Unindexed.class.getName())
                    .withMessageContaining("IndexedSessionStore");
        }
    }

    private record Unindexed(SessionStore delegate) implements ForwardingStore {
    }
}
