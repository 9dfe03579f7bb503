package io.quarkiverse.imsession.runtime.redis.client;

import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionStoreException;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** A command that waits for its reply. Confined to the event loop of its link, and answered in the context of its caller. */
final class RedisCall {

    private final ContextInternal caller;
    private final Request request;
    private final BiConsumer<@Nullable Response, @Nullable Throwable> whenDone;
    private final long deadlineNanos;
    private boolean sentAgain;
    private boolean done;

    /**
     * Begins a call of the current context.
     *
     * @param whenDone takes the reply or the failure, once; must not throw
     */
    RedisCall(Request request, BiConsumer<@Nullable Response, @Nullable Throwable> whenDone, long deadlineNanos) {
        this.caller = ContextInternal.current();
        this.request = request;
        this.whenDone = whenDone;
        this.deadlineNanos = deadlineNanos;
    }

    Request request() {
        return request;
    }

    boolean isDone() {
        return done;
    }

    boolean isSentAgain() {
        return sentAgain;
    }

    void setSentAgain() {
        sentAgain = true;
    }

    boolean isLate() {
        return System.nanoTime() - deadlineNanos >= 0;
    }

    /** Runs a task in the context of the caller. The current context may be that of a reply or a timer of another caller. */
    void inContextOfCaller(Runnable task) {
        if (ContextInternal.current() == caller) {
            task.run();
        } else {
            caller.dispatch(task);
        }
    }

    void complete(@Nullable Response reply) {
        done(reply, null);
    }

    void fail(Throwable failure) {
        done(null, failure);
    }

    private void done(@Nullable Response reply, @Nullable Throwable failure) {
        if (!done) {
            done = true;
            inContextOfCaller(() -> whenDone.accept(reply, failure));
        }
    }

    void failLate() {
        fail(new SessionStoreException("Redis did not answer within quarkus.imsession.redis.command-timeout"));
    }

    void failStopped() {
        fail(new SessionStoreException("The application stops"));
    }
}
