package io.quarkiverse.imsession.runtime.interleavings;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.ForwardingStore;

/**
 * Holds each update until it is told to make it, and each answer until it is told to give it. Holds the ends of pauses as well.
 * For one thread.
 */
final class HeldStore implements ForwardingStore, Executor {

    private final SessionStore store;
    private final List<Runnable> held = new ArrayList<>();
    private boolean holdsNothing;

    HeldStore(SessionStore store) {
        this.store = store;
    }

    @Override
    public SessionStore delegate() {
        return store;
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        if (holdsNothing) {
            return store.update(id, update);
        }
        CompletableFuture<UpdateResult> answer = new CompletableFuture<>();
        held.add(() -> {
            UpdateResult result = store.update(id, update).toCompletableFuture().join();
            held.add(() -> answer.complete(result));
        });
        return answer;
    }

    @Override
    public void execute(Runnable endOfPause) {
        held.add(endOfPause);
    }

    /** The number of calls, answers and ends of pauses that are held. */
    int held() {
        return held.size();
    }

    /** @param number the number of the call or answer, 0 for the one that is held longest */
    void release(int number) {
        held.remove(number).run();
    }

    /** Later updates are made and answered at once. */
    void holdNothing() {
        holdsNothing = true;
    }

    /** Releases everything, also what comes by it. */
    void releaseAll() {
        while (!held.isEmpty()) {
            release(0);
        }
    }
}
