package io.quarkiverse.imsession.deployment;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.SessionEvent;

/** Observes what happens to sessions. */
@Singleton
public class EventLog {

    private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

    void observe(@ObservesAsync SessionEvent event) {
        events.add(event);
    }

    void awaitOnly(SessionEvent expected, Runnable work) {
        events.clear();
        work.run();
        await().until(() -> events.equals(List.of(expected)));
    }
}
