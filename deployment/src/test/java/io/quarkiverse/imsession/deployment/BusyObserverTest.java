package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.smallrye.common.annotation.Blocking;

/** An observer that takes its time, and many events. */
@Timeout(60)
class BusyObserverTest {

    private static final int WAITING = 1000;
    private static final int DROPPED = 500;

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, Slow.class, Worker.class)
            .config("quarkus.thread-pool.max-threads", "2")
            .logs(Level.WARNING, BusyObserverTest::whatIsDroppedIsToldAndNotForEachEvent);

    @Inject
    Slow observer;

    @Inject
    ImSessions sessions;

    @Inject
    SessionStore store;

    private final List<SessionId> ids = new ArrayList<>();

    @BeforeEach
    void haveTheObserverSleepAndEndManySessions() {
        ids.clear();
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 1 + WAITING + DROPPED; i++) {
            SessionToken token = SessionToken.generate(random);
            store.create(token.id(), new NewSession(token.hash(), SessionData.empty(),
                    new Expiry(Duration.ofHours(1), null, null))).toCompletableFuture().join();
            ids.add(token.id());
        }
        observer.mayGoOn = new CountDownLatch(1);
        sessions.destroy(ids.get(0));
        await().until(() -> ids.get(0).equals(observer.observed));
        ids.subList(1, ids.size()).forEach(sessions::destroy);
    }

    @AfterEach
    void wakeTheObserver() {
        observer.mayGoOn.countDown();
        await().until(() -> observer.told.contains(ids.get(WAITING)));
    }

    @Test
    void anObserverThatSleepsDelaysNeitherABlockingEndpointNorAnEventLoop() {
        Client.get("/worker", null).then().statusCode(200).body(equalTo("worker, no session"));
        Client.get("/read", null).then().statusCode(200).body(equalTo("no session"));
        String token = Client.login("name", "anna");
        Client.get("/destroy", token).then().statusCode(200);
        Client.get("/read", token).then().statusCode(200).body(equalTo("no session"));

        assertThat(observer.told).doesNotContainAnyElementsOf(ids);
    }

    @Test
    void eventsAreToldInTheirOrderAndThoseThatFindNoPlaceAreDropped() {
        wakeTheObserver();

        assertThat(observer.told).filteredOn(ids::contains).isEqualTo(ids.subList(0, 1 + WAITING));
    }

    private static void whatIsDroppedIsToldAndNotForEachEvent(List<String> lines) {
        assertThat(lines).filteredOn(line -> line.contains("is told to no observer: observers take too long"))
                .hasSizeBetween(1, DROPPED / 2)
                .anyMatch(line -> line.matches("Destroyed\\[id=[\\w-]{22}, cause=ADMINISTRATION] is told .*"));
    }

    @Singleton
    public static class Slow {

        final List<SessionId> told = new CopyOnWriteArrayList<>();
        volatile CountDownLatch mayGoOn = new CountDownLatch(0);
        volatile SessionId observed;

        void observe(@ObservesAsync Destroyed event) throws InterruptedException {
            observed = event.id();
            mayGoOn.await();
            told.add(event.id());
        }
    }

    @Path("/worker")
    public static class Worker {

        @Inject
        ImSession session;

        @GET
        @Blocking
        public String get() {
            return "worker, " + (session.exists() ? "a session" : "no session");
        }
    }
}
