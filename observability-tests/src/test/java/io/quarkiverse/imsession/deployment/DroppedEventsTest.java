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

class DroppedEventsTest {

    private static final int WAIT = 1000;

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, Meters.class, Sleeping.class)
            .config("quarkus.otel.enabled", "false");

    @Inject
    Sleeping observer;

    @Inject
    ImSessions sessions;

    @Inject
    SessionStore store;

    @Test
    void eventsThatFindNoPlaceAmongThoseThatWaitForObserversAreCounted() {
        endOne();
        await().until(observer.sleeps::get);
        for (int i = 0; i < WAIT; i++) {
            endOne();
        }
        assertThat(Meters.read()).containsEntry(Meters.DROPPED, 0.0);

        for (int i = 0; i < 7; i++) {
            endOne();
        }

        assertThat(Meters.read()).containsEntry(Meters.DROPPED, 7.0).containsEntry(Meters.ended("administration"),
                1.0 + WAIT + 7);
        observer.wakes.countDown();
    }

    private void endOne() {
        SessionToken token = SessionToken.generate(new SecureRandom());
        store.create(token.id(), new NewSession(token.hash(), SessionData.empty(),
                new Expiry(Duration.ofHours(1), null, null))).toCompletableFuture().join();
        assertThat(sessions.destroy(token.id())).isTrue();
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
