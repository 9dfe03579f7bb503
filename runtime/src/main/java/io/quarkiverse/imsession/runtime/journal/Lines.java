package io.quarkiverse.imsession.runtime.journal;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;

/**
 * Runs the tasks of each reference one after the other, and a few of different references at a time, so that journals do not
 * keep sessions from their store. A task that throws has failed.
 */
final class Lines {

    private final int mostRunning;
    /** Guarded by this. The first task of a line is running, or the line is ready. */
    private final Map<Reference, Queue<Task<?>>> lines = new HashMap<>();
    /** Guarded by this. */
    private final Queue<Reference> ready = new ArrayDeque<>();
    /** Guarded by this. */
    private int running;

    Lines(int mostRunning) {
        this.mostRunning = mostRunning;
    }

    /** The result of a task, which runs when all earlier tasks of the reference are over. */
    <T extends @Nullable Object> CompletionStage<T> run(Reference reference, Supplier<CompletionStage<T>> work) {
        Task<T> task = new Task<>(work, new CompletableFuture<>());
        add(reference, task);
        runReady();
        return task.result;
    }

    private synchronized void add(Reference reference, Task<?> task) {
        Queue<Task<?>> line = lines.computeIfAbsent(reference, none -> new ArrayDeque<>(1));
        line.add(task);
        if (line.size() == 1) {
            ready.add(reference);
        }
    }

    /** A loop, as tasks that are over at once would call each other otherwise. */
    private void runReady() {
        Reference reference = next();
        while (reference != null) {
            Reference begun = reference;
            CompletableFuture<?> over = begin(begun);
            if (over.isDone()) {
                end(begun);
            } else {
                over.whenComplete((result, failure) -> {
                    end(begun);
                    runReady();
                });
            }
            reference = next();
        }
    }

    private synchronized @Nullable Reference next() {
        Reference reference = running < mostRunning ? ready.poll() : null;
        if (reference != null) {
            running++;
        }
        return reference;
    }

    private CompletableFuture<?> begin(Reference reference) {
        Task<?> task;
        synchronized (this) {
            task = lines.get(reference).element();
        }
        return task.begin();
    }

    private synchronized void end(Reference reference) {
        running--;
        Queue<Task<?>> line = lines.get(reference);
        line.remove();
        if (line.isEmpty()) {
            lines.remove(reference);
        } else {
            ready.add(reference);
        }
    }

    /** Completes when all present tasks are over. */
    synchronized CompletableFuture<Void> over() {
        List<? extends CompletableFuture<?>> results = lines.values().stream().flatMap(Queue::stream)
                .map(task -> task.result.handle((result, failure) -> null)).toList();
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new));
    }

    private record Task<T extends @Nullable Object>(Supplier<CompletionStage<T>> work, CompletableFuture<T> result) {

        CompletableFuture<T> begin() {
            try {
                work.get().whenComplete((value, failure) -> {
                    if (failure != null) {
                        result.completeExceptionally(failure);
                    } else {
                        result.complete(value);
                    }
                });
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
            return result;
        }
    }
}
