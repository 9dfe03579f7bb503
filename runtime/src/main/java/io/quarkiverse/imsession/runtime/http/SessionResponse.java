package io.quarkiverse.imsession.runtime.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.CommitAction;
import io.quarkiverse.imsession.runtime.CommitResult;
import io.quarkiverse.imsession.runtime.RequestSession;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Holds a response at its first byte until the session is stored, and then lets it pass. What is written meanwhile is queued.
 * <p>
 * No lock is held while the delegate is called: the delegate has locks of its own, and others call us while holding those.
 */
final class SessionResponse extends GatedResponse {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    /** As much as an HTTP connection of Vert.x buffers by default. */
    private static final int QUEUE_LIMIT = 64 * 1024;
    private static final int SWITCHING_PROTOCOLS = 101;

    private enum State {
        /** Nothing was written yet. */
        UNDECIDED,
        /** It is being decided what is to be stored. */
        DECIDING,
        /** The session is being stored. */
        HOLDING,
        /** All is stored. */
        PASSING,
        /** The session could not be stored, and the client was told so. */
        FAILED
    }

    private final HttpServerRequest request;
    private final HttpServerResponse delegate;
    private final RequestSession session;
    private final SessionFilter filter;
    private final @Nullable Context context;

    private volatile State state = State.UNDECIDED;
    private @Nullable Queue<Runnable> queue;
    private int queuedBytes;
    private boolean endQueued;
    private @Nullable Handler<Void> drainHandler;
    private volatile @Nullable Handler<Void> headersEndHandler;

    SessionResponse(HttpServerRequest request, RequestSession session, SessionFilter filter) {
        super(request.response());
        this.request = request;
        this.delegate = request.response();
        this.session = session;
        this.filter = filter;
        this.context = Vertx.currentContext();
    }

    RequestSession session() {
        return session;
    }

    boolean isOf(SessionFilter other) {
        return filter == other;
    }

    @Override
    boolean passes() {
        return state == State.PASSING || state == State.UNDECIDED && begin(false);
    }

    @Override
    Future<Void> hold(Supplier<Future<Void>> operation, int bytes, boolean end) {
        return queued(operation, bytes, end);
    }

    /** Runs an upgrade once the session is stored. */
    <T> Future<T> beforeUpgrade(Supplier<Future<T>> upgrade) {
        boolean passes = state == State.PASSING || state == State.UNDECIDED && begin(true);
        return passes ? upgrade.get() : queued(upgrade, 0, false);
    }

    @Override
    public boolean ended() {
        synchronized (this) {
            if (isHolding()) {
                return endQueued;
            }
        }
        return super.ended();
    }

    @Override
    public boolean headWritten() {
        return state == State.HOLDING || super.headWritten();
    }

    @Override
    public boolean writeQueueFull() {
        synchronized (this) {
            if (isHolding()) {
                return queuedBytes >= QUEUE_LIMIT;
            }
        }
        return state != State.FAILED && super.writeQueueFull();
    }

    @Override
    public HttpServerResponse drainHandler(@Nullable Handler<Void> handler) {
        synchronized (this) {
            if (isHolding()) {
                drainHandler = handler;
                return this;
            }
        }
        super.drainHandler(handler);
        return this;
    }

    /**
     * Kept, and called before it is decided what is to be stored: Quarkus REST sets the status there. Vert.x would call it when
     * the
     * decision is over.
     */
    @Override
    public HttpServerResponse headersEndHandler(@Nullable Handler<Void> handler) {
        if (state == State.UNDECIDED) {
            headersEndHandler = handler;
        } else {
            super.headersEndHandler(handler);
        }
        return this;
    }

    /** Decides what is to be stored. True if the response may pass, which it may at once if there is nothing. */
    private boolean begin(boolean upgrade) {
        synchronized (this) {
            if (state != State.UNDECIDED) {
                return state == State.PASSING;
            }
            state = State.DECIDING;
        }
        CommitAction action = decide(upgrade);
        if (action instanceof CommitAction.Nothing) {
            drain();
        } else {
            state = State.HOLDING;
            Contexts.run(context, () -> commit(action));
        }
        return state == State.PASSING;
    }

    private boolean isHolding() {
        return state == State.HOLDING || state == State.DECIDING;
    }

    private CommitAction decide(boolean upgrade) {
        try {
            Handler<Void> headersEnd = headersEndHandler;
            if (headersEnd != null && !upgrade) {
                headersEnd.handle(null);
            }
            return filter.committer().plan(session, upgrade ? SWITCHING_PROTOCOLS : delegate.getStatusCode());
        } catch (RuntimeException e) {
            // Whoever began the response hears of it, and may begin another one.
            state = State.UNDECIDED;
            throw e;
        }
    }

    private void commit(CommitAction action) {
        filter.committer().commit(action)
                .whenComplete((result, failure) -> Contexts.run(context, () -> committed(result, failure)));
    }

    private void committed(@Nullable CommitResult result, @Nullable Throwable failure) {
        if (result == null || failure != null) {
            fail(ErrorResponse.STORE_UNAVAILABLE);
        } else if (result instanceof CommitResult.Refused) {
            fail(ErrorResponse.SESSION_ENDED);
        } else if (tellClient(result)) {
            drain();
        } else {
            fail(ErrorResponse.TOKEN_NOT_SENT);
        }
    }

    /** False if the resolver, which may be the application's, fails: a response without its token must not leave. */
    private boolean tellClient(CommitResult result) {
        if (delegate.closed() || delegate.headWritten()) {
            return true;
        }
        try {
            if (result instanceof CommitResult.Send send) {
                filter.resolver().send(request, delegate, send.token(), send.maxAge());
                CacheControl.forbidShared(delegate.headers());
            } else if (result instanceof CommitResult.Remove) {
                filter.resolver().remove(request, delegate);
                CacheControl.forbidShared(delegate.headers());
            }
            return true;
        } catch (RuntimeException e) {
            LOG.errorf("%s could not hand the token to the client: %s", filter.resolver().getClass().getName(),
                    e.getClass().getName());
            return false;
        }
    }

    private void drain() {
        while (true) {
            Runnable operation;
            Handler<Void> drained;
            synchronized (this) {
                operation = queue == null ? null : queue.poll();
                if (operation == null) {
                    state = State.PASSING;
                    queue = null;
                    drained = drainHandler;
                    drainHandler = null;
                } else {
                    drained = null;
                }
            }
            if (operation == null) {
                resume(drained);
                return;
            }
            operation.run();
        }
    }

    /** Whoever waited for the queue may go on writing. */
    private void resume(@Nullable Handler<Void> drained) {
        if (drained == null || delegate.ended() || delegate.closed()) {
            return;
        }
        delegate.drainHandler(drained);
        if (!delegate.writeQueueFull()) {
            drained.handle(null);
        }
    }

    private void fail(ErrorResponse error) {
        Queue<Runnable> dropped;
        synchronized (this) {
            state = State.FAILED;
            dropped = queue;
            queue = null;
            drainHandler = null;
        }
        try {
            error.send(request);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The client could not be told that its session was not stored");
            delegate.close();
        }
        if (dropped != null) {
            dropped.forEach(Runnable::run);
        }
    }

    private <T> Future<T> queued(Supplier<Future<T>> operation, int bytes, boolean end) {
        Promise<T> promise = Promise.promise();
        synchronized (this) {
            if (isHolding()) {
                if (queue == null) {
                    queue = new ArrayDeque<>();
                }
                queue.add(() -> run(operation, promise, end));
                queuedBytes += bytes;
                endQueued |= end;
                return promise.future();
            }
        }
        run(operation, promise, end);
        return promise.future();
    }

    /** An end that is dropped has succeeded: the response is ended. A write that is dropped has not, and so a stream stops. */
    private <T> void run(Supplier<Future<T>> operation, Promise<T> promise, boolean end) {
        if (state != State.FAILED) {
            try {
                operation.get().onComplete(promise);
            } catch (RuntimeException e) {
                promise.tryFail(e);
            }
        } else if (end) {
            promise.complete();
        } else {
            promise.fail(new SessionStoreException("The session was not stored, so the response was replaced by an error"));
        }
    }
}
