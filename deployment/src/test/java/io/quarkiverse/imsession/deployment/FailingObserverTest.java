package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.Created;

class FailingObserverTest {

    private static final int EVENTS = 30;

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, Failing.class, Other.class)
            .logs(Level.SEVERE, FailingObserverTest::failuresAreLoggedWithoutMessagesAndNotForEachEvent);

    @Inject
    Other other;

    @Test
    void anObserverThatThrowsStopsNeitherOthersNorLaterEvents() {
        for (int i = 0; i < EVENTS; i++) {
            Client.login("name", "secret-data");
        }

        await().until(() -> other.told.size() == EVENTS);
        assertThat(other.told).doesNotHaveDuplicates();
    }

    private static void failuresAreLoggedWithoutMessagesAndNotForEachEvent(List<String> lines) {
        assertThat(lines).hasSize(10)
                .allMatch(line -> line
                        .matches("(?s)Observer .*Failing failed at Created\\[id=[\\w-]{22}]\n.*Failing\\.observe.*"))
                .noneMatch(line -> line.contains("secret-data"));
    }

    @Singleton
    public static class Failing {

        void observe(@ObservesAsync @Priority(1) SessionEvent event) {
            // The next event must not know of it.
            assertThat(MDC.get("event")).isNull();
            MDC.put("event", event);
            if (event.sessionId().orElseThrow().value().charAt(0) < 'a') {
                throw new IllegalStateException("secret-data");
            }
            throw new AssertionError("secret-data");
        }
    }

    @Singleton
    public static class Other {

        private static final Logger LOG = Logger.getLogger(Other.class);

        final List<SessionEvent> told = new CopyOnWriteArrayList<>();

        void observe(@ObservesAsync @Priority(2) Created event) {
            LOG.debugf("%s", event);
            told.add(event);
        }
    }
}
