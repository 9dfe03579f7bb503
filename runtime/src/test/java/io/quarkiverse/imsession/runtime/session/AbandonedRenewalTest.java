package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.test.UnsupportedStore;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** A renewal on purpose was cut off: the session has its old token when it is looked at first, and the lost one later. */
@Tag("further")
class AbandonedRenewalTest {

    private final Vertx vertx = Vertx.vertx();
    private final LateStore store = new LateStore();
    private final SessionToken lost = SessionToken.generate(new SecureRandom());

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void sessionWhoseRenewalIsCarriedOutALittleLaterIsEnded() {
        new AbandonedSessions(new GuardedStore(store, SessionMetrics.NONE), SessionEvents.NONE, vertx).end(lost);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> store.asked.size() == 2);
        assertThat(store.asked).containsOnly(Presented.ifNewest(lost.hash()));
    }

    @Test
    void noRequestIsKeptWhileASessionWaitsToBeEnded() {
        AbandonedSessions abandoned = new AbandonedSessions(new GuardedStore(store, SessionMetrics.NONE), SessionEvents.NONE,
                vertx);
        Context request = VertxContext.getOrCreateDuplicatedContext(vertx);
        request.runOnContext(ignored -> abandoned.end(lost));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> store.contexts.size() == 2);
        assertThat(store.contexts.get(0)).isSameAs(request);
        assertThat(VertxContext.isDuplicatedContext(store.contexts.get(1))).isFalse();
    }

    private static final class LateStore implements UnsupportedStore {

        private final List<Presented> asked = new CopyOnWriteArrayList<>();
        private final List<Context> contexts = new CopyOnWriteArrayList<>();

        @Override
        public CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
            asked.add(presented);
            if (Vertx.currentContext() != null) {
                contexts.add(Vertx.currentContext());
            }
            return CompletableFuture
                    .completedStage(asked.size() == 1 ? DestroyResult.SUPERSEDED : DestroyResult.DESTROYED);
        }
    }
}
