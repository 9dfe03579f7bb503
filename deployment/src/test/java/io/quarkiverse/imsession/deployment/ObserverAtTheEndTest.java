package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionEvent;

class ObserverAtTheEndTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, Sleeping.class);

    static {
        APP.setAfterUndeployListener(() -> await().until(() -> !isThreadThere()));
    }

    @Inject
    Sleeping observer;

    @Test
    void theThreadOfObserversBeginsWithTheFirstEventAndEndsWithTheApplicationHoweverLongTheySleep() {
        assertThat(isThreadThere()).isFalse();
        Client.login("name", "anna");
        await().until(() -> observer.sleeps);
        assertThat(isThreadThere()).isTrue();
    }

    private static boolean isThreadThere() {
        return Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().equals("imsession-events"));
    }

    @Singleton
    public static class Sleeping {

        private final CountDownLatch never = new CountDownLatch(1);
        volatile boolean sleeps;

        void observe(@ObservesAsync SessionEvent event) throws InterruptedException {
            sleeps = true;
            never.await();
        }
    }
}
