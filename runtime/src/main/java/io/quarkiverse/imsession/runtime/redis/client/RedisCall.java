package io.quarkiverse.imsession.runtime.redis.client;

import java.util.List;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionStoreException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.MultiType;

/**
 * A command that waits for its reply, or a command and the WAIT for it, which make one call. Confined to the event loop of its
 * link, and answered in the context of its caller.
 */
final class RedisCall {

    private final ContextInternal caller;
    private final Request request;
    private final @Nullable Request wait;
    private final BiConsumer<@Nullable Response, @Nullable Throwable> whenDone;
    private final long deadlineNanos;
    private boolean sentAgain;
    private boolean done;

    /**
     * Begins a call of the current context.
     *
     * @param wait is sent right after the request, or null for nothing. With it, the reply has the replies of both
     * @param whenDone takes the reply or the failure, once; must not throw
     */
    RedisCall(Request request, @Nullable Request wait, BiConsumer<@Nullable Response, @Nullable Throwable> whenDone,
            long deadlineNanos) {
        this.caller = ContextInternal.current();
        this.request = request;
        this.wait = wait;
        this.whenDone = whenDone;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * Sends the call. A request and its WAIT are a batch: the client sends both over one connection, or none of them. In a
     * cluster this connection leads to the node of the key. A WAIT on another connection would ask for other changes.
     */
    Future<Response> sendOver(RedisConnection connection) {
        return wait == null ? connection.send(request) : connection.batch(List.of(request, wait)).transform(RedisCall::both);
    }

    private static Future<Response> both(AsyncResult<List<Response>> replies) {
        if (replies.failed()) {
            return Future.failedFuture(RedisErrors.first(replies.cause()));
        }
        MultiType both = MultiType.create(2, false);
        replies.result().forEach(both::add);
        return Future.succeededFuture(both);
    }

    /** The reply to the command of a call with a WAIT. */
    static Response reply(Response both) {
        return both.get(0);
    }

    /** How many replicas acknowledged the command. */
    static int acknowledged(Response both) {
        return both.get(1).toInteger();
    }

    boolean waitsForReplicas() {
        return wait != null;
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
