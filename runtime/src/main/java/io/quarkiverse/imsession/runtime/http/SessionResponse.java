package io.quarkiverse.imsession.runtime.http;

import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.CommitAction;
import io.quarkiverse.imsession.runtime.CommitResult;
import io.quarkiverse.imsession.runtime.RequestSession;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Holds a response at its first byte until the session is stored, and then lets it pass. What is written meanwhile is kept.
 * <p>
 * No lock is held while the delegate is called: the delegate has locks of its own, and others call us while holding those.
 */
final class SessionResponse extends GatedResponse {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final LimitedLog NOT_HANDED = new LimitedLog(LOG, Level.ERROR);
    private static final LimitedLog NOT_TOLD = new LimitedLog(LOG, Level.ERROR);
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
    private final SessionRequest wrapped;
    private final HttpServerResponse delegate;
    private final RequestSession session;
    private final SessionFilter filter;
    private final @Nullable Context context;

    private volatile State state = State.UNDECIDED;
    private volatile @Nullable HeldOperations held;
    private volatile @Nullable Handler<Void> headersEndHandler;
    private volatile @Nullable Handler<Void> drainHandler;

    SessionResponse(HttpServerRequest request, SessionRequest wrapped, RequestSession session, SessionFilter filter) {
        super(request.response());
        this.request = request;
        this.wrapped = wrapped;
        this.delegate = request.response();
        this.session = session;
        this.filter = filter;
        this.context = Vertx.currentContext();
    }

    RequestSession session() {
        return session;
    }

    @Nullable
    Context context() {
        return context;
    }

    /** The request that the application sees. */
    SessionRequest request() {
        return wrapped;
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
        return holdAny(operation, bytes, end);
    }

    /** Runs an upgrade once the session is stored. */
    <T> Future<T> beforeUpgrade(Supplier<Future<T>> upgrade) {
        boolean passes = state == State.PASSING || state == State.UNDECIDED && begin(true);
        return passes ? upgrade.get() : holdAny(upgrade, 0, false);
    }

    @Override
    public boolean ended() {
        HeldOperations waiting = held;
        return isHolding() ? waiting != null && waiting.isEnded() : super.ended();
    }

    @Override
    public boolean headWritten() {
        return state == State.HOLDING || super.headWritten();
    }

    @Override
    public boolean closed() {
        return Connections.isClosed(request);
    }

    @Override
    public boolean writeQueueFull() {
        HeldOperations waiting = held;
        return isHolding() ? waiting != null && waiting.isFull() : state != State.FAILED && super.writeQueueFull();
    }

    /** Kept too: it may be set before the response begins, and then wait for what is held. */
    @Override
    public HttpServerResponse drainHandler(@Nullable Handler<Void> handler) {
        drainHandler = handler;
        super.drainHandler(handler);
        return this;
    }

    /**
     * Kept, and called before it is decided what is to be stored: Quarkus REST sets the status there. Vert.x would call it
     * when the decision is over.
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

    private boolean isHolding() {
        return state == State.HOLDING || state == State.DECIDING;
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
            release();
        } else {
            state = State.HOLDING;
            Contexts.run(context, () -> commit(action));
        }
        return state == State.PASSING;
    }

    private CommitAction decide(boolean upgrade) {
        try {
            Handler<Void> headersEnd = headersEndHandler;
            if (headersEnd != null && !upgrade) {
                headersEnd.handle(null);
            }
            return filter.committer().plan(session, upgrade ? SWITCHING_PROTOCOLS : delegate.getStatusCode(),
                    () -> filter.clientAttributes().of(request));
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
        } else if (result instanceof CommitResult.LimitReached) {
            fail(ErrorResponse.LIMIT_REACHED);
        } else if (tellClient(result)) {
            release();
        } else {
            fail(ErrorResponse.TOKEN_NOT_SENT);
        }
    }

    /** False if the resolver, which may be the application's, fails: a response without its token must not leave. */
    private boolean tellClient(CommitResult result) {
        if (closed() || delegate.headWritten()) {
            return true;
        }
        try {
            if (result instanceof CommitResult.Send send) {
                filter.resolver().send(request, delegate, send.token(), send.maxAge());
                CacheControl.forbidShared(delegate.headers());
            } else if (result instanceof CommitResult.Remove) {
                filter.resolver().remove(request, delegate);
                filter.clearSiteData().addTo(delegate.headers());
                CacheControl.forbidShared(delegate.headers());
            }
            return true;
        } catch (RuntimeException e) {
            NOT_HANDED.logWithTrace(e, "%s could not hand the token to the client", filter.resolver().getClass().getName());
            return false;
        }
    }

    /** Runs what was held, and lets pass what comes afterwards. */
    private void release() {
        synchronized (this) {
            if (held == null) {
                state = State.PASSING;
                return;
            }
        }
        HeldOperations waiting = held;
        waiting.runAll();
        state = State.PASSING;
        resume(waiting);
    }

    /** Whoever stopped writing as too much was held may go on. */
    private void resume(HeldOperations waiting) {
        Handler<Void> drained = drainHandler;
        if (drained != null && waiting.isFull() && (state == State.FAILED || !isEndedOrFull())) {
            drained.handle(null);
        }
    }

    private boolean isEndedOrFull() {
        return delegate.ended() || closed() || delegate.writeQueueFull();
    }

    private void fail(ErrorResponse error) {
        HeldOperations waiting;
        synchronized (this) {
            state = State.FAILED;
            waiting = held;
        }
        try {
            error.send(request);
        } catch (RuntimeException e) {
            NOT_TOLD.logWithTrace(e, "The answer %s could not be sent to the client", error);
            delegate.close();
        }
        if (waiting != null) {
            waiting.runAll();
            resume(waiting);
        }
    }

    /** Where operations wait, made when the first one has to; null if they need not wait. */
    private synchronized @Nullable HeldOperations held() {
        if (!isHolding()) {
            return null;
        }
        if (held == null) {
            held = new HeldOperations();
        }
        return held;
    }

    private <T> Future<T> holdAny(Supplier<Future<T>> operation, int bytes, boolean end) {
        Promise<T> promise = Promise.promise();
        Runnable later = () -> run(operation, promise, end);
        HeldOperations waiting = held();
        if (waiting == null || !waiting.add(later, bytes, end)) {
            later.run();
        }
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
