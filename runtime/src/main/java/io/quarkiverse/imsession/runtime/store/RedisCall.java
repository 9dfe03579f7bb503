package io.quarkiverse.imsession.runtime.store;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionStoreException;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** A command that waits for its reply. Confined to the event loop of its link. */
final class RedisCall {

    private final Request request;
    private final CompletableFuture<@Nullable Response> reply;
    private final long deadlineNanos;
    private boolean sentAgain;

    RedisCall(Request request, CompletableFuture<@Nullable Response> reply, long deadlineNanos) {
        this.request = request;
        this.reply = reply;
        this.deadlineNanos = deadlineNanos;
    }

    Request request() {
        return request;
    }

    CompletableFuture<@Nullable Response> reply() {
        return reply;
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

    void fail(Throwable failure) {
        reply.completeExceptionally(failure);
    }

    void failLate() {
        fail(new SessionStoreException("Redis did not answer within quarkus.imsession.redis.command-timeout"));
    }

    void failStopped() {
        fail(new SessionStoreException("The application stops"));
    }
}
