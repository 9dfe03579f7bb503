package io.quarkiverse.imsession.runtime.store;

import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionStoreException;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** A command that waits for its reply. Confined to the event loop of its link. */
final class RedisCall {

    private final Request request;
    private final BiConsumer<@Nullable Response, @Nullable Throwable> whenDone;
    private final long deadlineNanos;
    private boolean sentAgain;
    private boolean done;

    /** @param whenDone takes the reply or the failure, once; must not throw */
    RedisCall(Request request, BiConsumer<@Nullable Response, @Nullable Throwable> whenDone, long deadlineNanos) {
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

    void complete(@Nullable Response reply) {
        if (!done) {
            done = true;
            whenDone.accept(reply, null);
        }
    }

    void fail(Throwable failure) {
        if (!done) {
            done = true;
            whenDone.accept(null, failure);
        }
    }

    void failLate() {
        fail(new SessionStoreException("Redis did not answer within quarkus.imsession.redis.command-timeout"));
    }

    void failStopped() {
        fail(new SessionStoreException("The application stops"));
    }
}
