package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.restassured.response.Response;
import io.vertx.ext.web.Router;

/** An application with a store of its own that does not look at what an update expects. */
class NotTransactionalStoreTest {

    private static final long PATIENCE_SECONDS = 60;

    @RegisterExtension
    static final TestApp APP = TestApp.of(PlainStore.class, Counting.class)
            .logs(Level.WARNING, NotTransactionalStoreTest::startNamesTheStore);

    @Inject
    PlainStore store;

    @Inject
    ImSessions sessions;

    @Test
    void ofParallelUpdatesOfOneFieldTheLastOneWins() throws Exception {
        String token = Client.token(Client.get("/raise", null));
        ExecutorService slow = Executors.newSingleThreadExecutor();
        try {
            store.holdNextUpdate();
            Future<Response> last = slow.submit(() -> Client.get("/raise", token));
            store.awaitHeld();
            Client.get("/raise", token).then().statusCode(200);
            Client.get("/raise", token).then().statusCode(200);
            Client.get("/count", token).then().body(equalTo("3"));
            store.release();
            last.get(PATIENCE_SECONDS, TimeUnit.SECONDS).then().statusCode(200);
            Client.get("/count", token).then().body(equalTo("2"));
        } finally {
            slow.shutdownNow();
        }
    }

    @Test
    void ofParallelUpdatesFromOutsideOfARequestTheLastOneWins() throws Exception {
        String token = Client.token(Client.get("/raise", null));
        SessionId id = new SessionId(token.substring(0, SessionId.LENGTH));
        ExecutorService slow = Executors.newSingleThreadExecutor();
        try {
            store.holdNextUpdate();
            Future<Boolean> last = slow.submit(() -> sessions.update(id, Counting::raised));
            store.awaitHeld();
            assertThat(sessions.update(id, Counting::raised)).isTrue();
            assertThat(sessions.update(id, Counting::raised)).isTrue();
            store.release();
            assertThat(last.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            Client.get("/count", token).then().body(equalTo("2"));
        } finally {
            slow.shutdownNow();
        }
    }

    private static void startNamesTheStore(List<String> lines) {
        assertThat(lines).singleElement().asString().contains("session store " + PlainStore.class.getName(),
                "is not transactional", "isTransactional() return true");
    }

    @Singleton
    public static class Counting {

        void register(@Observes Router router) {
            router.get("/raise").handler(context -> {
                ImSession.of(context).update(Counting::raised);
                context.end();
            });
            router.get("/count").handler(context -> context.end(Integer.toString(count(ImSession.of(context).data()))));
        }

        static SessionData raised(SessionData data) {
            return data.with("count", count(data) + 1);
        }

        private static int count(SessionData data) {
            return data.get("count", Integer.class).orElse(0);
        }
    }

    /** Holds an update back before it is applied, if it is told to. */
    @Singleton
    public static class PlainStore implements SessionStore {

        private final SessionStore delegate = new MemorySessionStore(1000, SessionLimits.NONE);
        private CompletableFuture<Void> next;
        private CompletableFuture<Void> arrived;
        private CompletableFuture<Void> gate;

        synchronized void holdNextUpdate() {
            arrived = new CompletableFuture<>();
            gate = new CompletableFuture<>();
            next = gate;
        }

        void awaitHeld() throws Exception {
            arrived.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        void release() {
            gate.complete(null);
        }

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
            SessionUpdate blind = new SessionUpdate(update.basis(), update.presented(), update.changed(), update.removed(),
                    update.tokenChange(), update.expiry(), update.maxSize());
            CompletableFuture<Void> held = takeHold();
            return held == null ? delegate.update(id, blind) : held.thenCompose(released -> delegate.update(id, blind));
        }

        @Override
        public CompletionStage<Boolean> destroy(SessionId id) {
            return delegate.destroy(id);
        }

        private synchronized CompletableFuture<Void> takeHold() {
            CompletableFuture<Void> held = next;
            next = null;
            if (held != null) {
                arrived.complete(null);
            }
            return held;
        }
    }
}
