package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.test.SocketClient;
import io.restassured.RestAssured;

class BusyObserverSocketTest {

    private static final int MORE_THAN_WAIT = 1100;

    @RegisterExtension
    static final TestApp APP = TestApp.of(Sockets.class, Sockets.OnWorker.class, SocketResource.class, Sleeping.class)
            .config("quarkus.imsession.websockets.check-interval", "0S");

    @Inject
    Sleeping observer;

    @Inject
    ImSessions sessions;

    @Inject
    SessionStore store;

    /** Whatever waits or finds no place in the queue of the observers. */
    @Test
    void aLogOutClosesItsSocketsHoweverBusyObserversAre() throws Exception {
        String token = Client.token(Client.get("/login?user=ada", null));
        await().until(observer.sleeps::get);
        SocketClient socket = SocketClient.open(RestAssured.port, "/sockets/worker", "Cookie", Client.COOKIE + '=' + token);
        assertThat(socket.receive()).isEqualTo("ada");
        endMany();

        Client.get("/end/log-out", token).then().statusCode(204);

        assertThat(socket.closed()).isEqualTo("1008 Session ended");
        observer.wakes.countDown();
    }

    private void endMany() {
        SessionToken any = SessionToken.generate(new SecureRandom());
        NewSession session = new NewSession(any.hash(), SessionData.empty(), new Expiry(Duration.ofHours(1), null, null));
        for (int i = 0; i < MORE_THAN_WAIT; i++) {
            store.create(any.id(), session).toCompletableFuture().join();
            sessions.destroy(any.id());
        }
    }

    @Singleton
    public static class Sleeping {

        final AtomicBoolean sleeps = new AtomicBoolean();
        final CountDownLatch wakes = new CountDownLatch(1);

        void observe(@ObservesAsync SessionEvent event) throws InterruptedException {
            sleeps.set(true);
            wakes.await();
        }
    }
}
