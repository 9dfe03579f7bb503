package io.quarkiverse.imsession.runtime;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;

import io.quarkiverse.imsession.SessionEvent;

/** Remembers which events were fired. */
final class RecordedEvents implements Event<SessionEvent> {

    private final List<SessionEvent> fired = new CopyOnWriteArrayList<>();

    List<SessionEvent> fired() {
        return fired;
    }

    @Override
    public <U extends SessionEvent> CompletionStage<U> fireAsync(U event) {
        fired.add(event);
        return CompletableFuture.completedFuture(event);
    }

    @Override
    public <U extends SessionEvent> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
        return fireAsync(event);
    }

    @Override
    public void fire(SessionEvent event) {
        throw new UnsupportedOperationException("Events are asynchronous");
    }

    @Override
    public Event<SessionEvent> select(Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends SessionEvent> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends SessionEvent> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }
}
