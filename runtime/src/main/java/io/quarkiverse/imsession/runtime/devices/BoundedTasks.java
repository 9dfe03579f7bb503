package io.quarkiverse.imsession.runtime.devices;

import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Runs asynchronous tasks, a few at a time. Some others wait, and those that are too many are dropped, so that a flood of them
 * costs neither much memory nor many queries.
 *
 * @param <T> what a task is about
 */
final class BoundedTasks<T> {

    private final int mostRunning;
    private final int mostWaiting;
    private final Function<T, CompletionStage<?>> task;
    private final Runnable dropped;
    private final ArrayDeque<T> waiting = new ArrayDeque<>();
    private int running;

    /**
     * @param task begins a task; it does not throw, and the stage may complete on any thread
     * @param dropped is told of each one that is dropped
     */
    BoundedTasks(int mostRunning, int mostWaiting, Function<T, CompletionStage<?>> task, Runnable dropped) {
        this.mostRunning = mostRunning;
        this.mostWaiting = mostWaiting;
        this.task = task;
        this.dropped = dropped;
    }

    void add(T about) {
        boolean added;
        synchronized (this) {
            added = waiting.size() < mostWaiting;
            if (added) {
                waiting.add(about);
            }
        }
        if (added) {
            begin();
        } else {
            dropped.run();
        }
    }

    private void begin() {
        for (T next = next(); next != null; next = next()) {
            CompletionStage<?> begun = task.apply(next);
            // This loop follows a task that is over at once, as many of them would nest too deeply.
            if (begun.toCompletableFuture().isDone()) {
                ended();
            } else {
                begun.whenComplete((result, failure) -> {
                    ended();
                    begin();
                });
            }
        }
    }

    private synchronized @Nullable T next() {
        if (running == mostRunning || waiting.isEmpty()) {
            return null;
        }
        running++;
        return waiting.poll();
    }

    private synchronized void ended() {
        running--;
    }
}
