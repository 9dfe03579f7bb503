package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.Created;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionEvent.Refused;
import io.quarkiverse.imsession.SessionId;

/** Observes what happens to sessions. */
@Singleton
public class EventLog {

    private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

    void observe(@ObservesAsync SessionEvent event) {
        events.add(event);
    }

    /** Waits for the end of one session, and of no other, that {@code work} causes. */
    void awaitOnlyEnd(Destroyed expected, Runnable work) {
        forget();
        work.run();
        await().untilAsserted(() -> assertThat(events).filteredOn(Destroyed.class::isInstance).containsExactly(expected));
    }

    /** Waits for one refusal, and for no other, that {@code work} causes. */
    void awaitOnlyRefusal(Refused expected, Runnable work) {
        forget();
        work.run();
        await().untilAsserted(() -> assertThat(events).filteredOn(Refused.class::isInstance).containsExactly(expected));
    }

    /** Waits for one event, and for no other, that {@code work} causes. */
    void awaitOnly(SessionEvent expected, Runnable work) {
        awaitOnly(() -> {
            work.run();
            return expected;
        });
    }

    /** Waits for these events, in any order, and for no other, that {@code work} causes. */
    void awaitOnly(List<SessionEvent> expected, Runnable work) {
        forget();
        work.run();
        await().untilAsserted(() -> assertThat(events).containsExactlyInAnyOrderElementsOf(expected));
    }

    /** Forgets what earlier tests have caused, also what was not told yet: events come in their order. */
    private void forget() {
        String token = Client.login("last", "one");
        Created last = new Created(new SessionId(token.substring(0, SessionId.LENGTH)));
        await().until(() -> events.contains(last));
        events.clear();
    }

    /** @param work gives the event that it is to cause */
    void awaitOnly(Supplier<SessionEvent> work) {
        forget();
        SessionEvent expected = work.get();
        await().untilAsserted(() -> assertThat(events).containsExactly(expected));
    }
}
