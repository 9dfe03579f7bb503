package io.quarkiverse.imsession.it.races;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;

/** Barriers that are operated over HTTP: requests wait at a gate until it is opened. */
@ApplicationScoped
public class Gates {

    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    public CompletableFuture<Void> pass(String name) {
        Gate gate = gate(name);
        gate.arrived.incrementAndGet();
        return gate.open;
    }

    int arrived(String name) {
        return gate(name).arrived.get();
    }

    void open(String name) {
        gate(name).open.complete(null);
    }

    /** Opens a gate that is needed no more, and forgets it. */
    void remove(String name) {
        Gate gate = gates.remove(name);
        if (gate != null) {
            gate.open.complete(null);
        }
    }

    private Gate gate(String name) {
        return gates.computeIfAbsent(name, ignored -> new Gate(new AtomicInteger(), new CompletableFuture<>()));
    }

    private record Gate(AtomicInteger arrived, CompletableFuture<Void> open) {
    }
}
