package io.quarkiverse.imsession.runtime.http;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.SessionEvent.Refused.Reason;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.session.Answer;
import io.quarkiverse.imsession.runtime.session.CommitResult;
import io.quarkiverse.imsession.runtime.session.Contexts;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkiverse.imsession.runtime.session.StoreFailures;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Holds a response at its first byte until the session is stored, and then lets it pass. Writes that come meanwhile are held.
 * <p>
 * No lock of this object is held while the delegate is called: the delegate has its own locks, and other code calls this object
 * while it holds them.
 */
final class SessionResponse extends MechanismResponse implements Answer {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final LimitedLog NOT_TOLD = new LimitedLog(LOG, Level.ERROR);
    private static final LimitedLog NOT_HANDED = new LimitedLog(LOG, Level.ERROR);

    /** The class of status codes that send a browser on. */
    private static final int REDIRECT = 3;

    private enum State {
        /** No byte was written yet. */
        UNDECIDED,
        /** The changes to store are being decided. */
        DECIDING,
        /** The session is being stored. */
        HOLDING,
        /** The session is stored, or need not be stored, so operations go to the delegate. */
        PASSING,
        /** The session could not be stored, and the client gets another answer. */
        FAILED
    }

    private final HttpServerRequest request;
    private final SessionRequest wrapped;
    private final HttpServerResponse delegate;
    private final boolean ambiguous;
    private final SessionFilter filter;
    private final @Nullable Context context;
    private final @Nullable SessionResponse replaced;

    private volatile RequestSession session;
    private volatile @Nullable RequestRefusedException refusal;
    private volatile boolean checked;
    /** Whether the response has the token for the client, or never will. */
    private volatile boolean told;
    private volatile boolean over;
    private volatile State state = State.UNDECIDED;
    private volatile @Nullable HeldOperations held;
    private volatile @Nullable Handler<Void> headersEndHandler;
    private volatile @Nullable Handler<Void> drainHandler;

    /**
     * @param ambiguous whether the request carries several different tokens
     * @param refusal the reason why the request is refused; null if it is not
     * @param replaced the response that this one replaces, as its changes could not be stored; null if there is none
     */
    SessionResponse(HttpServerRequest request, SessionRequest wrapped, RequestSession session, boolean ambiguous,
            SessionFilter filter, @Nullable RequestRefusedException refusal, @Nullable SessionResponse replaced) {
        super(request.response(), replaced, filter.exchange().cookies(session), filter.exchange().old());
        this.request = request;
        this.wrapped = wrapped;
        this.delegate = request.response();
        this.session = session;
        this.ambiguous = ambiguous;
        this.filter = filter;
        this.context = Vertx.currentContext();
        this.replaced = replaced;
        if (refusal != null) {
            refuse(refusal);
        } else {
            session.answeredBy(this);
        }
    }

    @Override
    RequestSession session() {
        return session;
    }

    /** Whether the request carries several different tokens. */
    boolean isAmbiguous() {
        return ambiguous;
    }

    /** The reason why the request is refused, or null if it is not. */
    @Nullable
    RequestRefusedException refusal() {
        return refusal;
    }

    /** Refuses the request, before anything is written: nothing is stored, and the session can only be read. */
    void refuse(RequestRefusedException reason) {
        session = session.refused();
        refusal = reason;
        state = State.PASSING;
        if (session.untold() != CommitResult.KEEP) {
            // The session was stored before, on demand.
            owesToken();
        }
        // This is the last opportunity, as Quarkus REST adds the headers of the answer here.
        super.headersEndHandler(none -> {
            Handler<Void> headersEnd = headersEndHandler;
            if (headersEnd != null) {
                headersEnd.handle(none);
            }
            ErrorResponse.of(reason).complete(delegate);
            if (session.untold() != CommitResult.KEEP && !tellClient(session.untold())) {
                abandon(session.untold());
            }
        });
    }

    /** True at the first call only: a request is checked once, even if it is rerouted. */
    boolean beginCheck() {
        boolean first = !checked;
        checked = true;
        return first;
    }

    /** Whether this response replaces one of the application. */
    boolean replacesAnother() {
        return replaced != null;
    }

    @Nullable
    Context context() {
        return context;
    }

    @Override
    SessionRequest request() {
        return wrapped;
    }

    boolean isOf(SessionFilter other) {
        return filter == other;
    }

    @Override
    boolean passes() {
        if (state != State.PASSING) {
            return state == State.UNDECIDED && begin(false);
        }
        if (ambiguous && refusal != null && !delegate.headWritten()) {
            // A refused request stores nothing, so its response begins here.
            filter.removeOthers(request);
        }
        return true;
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

    /** Closes after the held operations, and also after another answer that replaces this one. */
    @Override
    public void close() {
        if (!keep(delegate::close, 0, false)) {
            super.close();
            // Vert.x tells the end of a response only if somebody else closes the connection.
            over();
        }
    }

    @Override
    public boolean reset() {
        return reset(0);
    }

    /** Resets after the held operations, as above. */
    @Override
    public boolean reset(long code) {
        boolean unfinished = !ended();
        if (keep(() -> delegate.reset(code), 0, false)) {
            return unfinished;
        }
        boolean reset = super.reset(code);
        over();
        return reset;
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

    /** The application cannot change the head of the answer that replaces this one either. */
    @Override
    void checkHead() {
        if (state == State.HOLDING || state == State.FAILED) {
            throw new IllegalStateException("Response head already sent");
        }
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

    /** Keeps the handler too: it may be set before the response begins, and then waits for the held operations. */
    @Override
    public HttpServerResponse drainHandler(@Nullable Handler<Void> handler) {
        drainHandler = handler;
        super.drainHandler(handler);
        return this;
    }

    /**
     * Keeps the handler, and calls it before the changes to store are decided, as Quarkus REST sets the status there. Vert.x
     * would call it too late. In the answer to a refused request, it is called before the headers are completed.
     */
    @Override
    public HttpServerResponse headersEndHandler(@Nullable Handler<Void> handler) {
        if (state == State.UNDECIDED || refusal != null) {
            headersEndHandler = handler;
        } else if (!isHandedOver()) {
            super.headersEndHandler(handler);
        }
        return this;
    }

    private boolean isHolding() {
        return state == State.HOLDING || state == State.DECIDING;
    }

    /** Decides which changes to store. True if the response may pass, which it may at once if there are none. */
    private boolean begin(boolean upgrade) {
        synchronized (this) {
            if (state != State.UNDECIDED) {
                return state == State.PASSING;
            }
            state = State.DECIDING;
        }
        CompletionStage<CommitResult> stored = store(upgrade);
        if (stored == null) {
            removeOthers();
            release();
        } else {
            state = State.HOLDING;
            stored.whenComplete((result, failure) -> Contexts.run(context, () -> committed(result, failure)));
        }
        return state == State.PASSING;
    }

    /** Starts to store the changes. Null if there are none. */
    private @Nullable CompletionStage<CommitResult> store(boolean upgrade) {
        try {
            Handler<Void> headersEnd = headersEndHandler;
            if (headersEnd != null && !upgrade) {
                headersEnd.handle(null);
            }
            return filter.exchange().committer().commit(session, delegate.getStatusCode(), upgrade);
        } catch (RuntimeException | Error e) {
            // The exception reaches the code that began the response, and that may begin another one.
            state = State.UNDECIDED;
            throw e;
        }
    }

    @Override
    public Map<String, String> client() {
        return filter.exchange().client().of(request);
    }

    @Override
    public boolean hasEnded() {
        return ended();
    }

    @Override
    public void changedLate() {
        whenEnded(this::over);
    }

    @Override
    public void owesToken() {
        whenEnded(this::over);
        if (closed()) {
            over();
        }
    }

    /** The response was handed to the connection, or the client is gone. May be called several times. */
    private void over() {
        if (!over) {
            over = true;
            session.logUncommitted();
        }
        if (!told && !isHandedOver()) {
            abandon(session.untold());
        }
    }

    /** Ends a session whose token the client did not get. */
    private void abandon(CommitResult result) {
        told = true;
        filter.exchange().committer().abandon(result);
    }

    /** Runs a call of the store on the context of the request. */
    @Override
    public void execute(Runnable call) {
        Contexts.run(context, call);
    }

    private void committed(@Nullable CommitResult result, @Nullable Throwable failure) {
        if (result == null) {
            RequestRefusedException reason = StoreFailures.asRefusal(failure);
            if (isAnswerThatCameTooLate(reason)) {
                filter.exchange().refusals().fire(session.refused().id(), reason);
                removeOthers();
                release();
            } else {
                answerAnew(reason);
            }
        } else if (closed() || delegate.headWritten()) {
            abandon(result);
            release();
        } else if (tellClient(result)) {
            release();
        } else {
            abandon(result);
            orClose(() -> {
                if (!ErrorResponse.hasBegun(request)) {
                    ErrorResponse.takeBack(request, ErrorResponse.TOKEN_NOT_SENT.status());
                    removeOthers();
                    ErrorResponse.TOKEN_NOT_SENT.send(request);
                }
                drop();
            });
        }
    }

    /**
     * Whether the answer of a provider has lost a race with that to a log-in in another tab of the browser, so that the browser
     * has the session of the other one. Then it goes on to the page that it has asked for: a provider is not asked twice.
     */
    private boolean isAnswerThatCameTooLate(RequestRefusedException reason) {
        return reason.reason() == Reason.CONFLICT && wrapped.isAnswer() && delegate.getStatusCode() / 100 == REDIRECT
                && delegate.headers().contains(HttpHeaders.LOCATION) && !closed() && !delegate.headWritten();
    }

    private void removeOthers() {
        removeOldCookies(request);
        if (ambiguous) {
            filter.removeOthers(request);
        }
    }

    /**
     * Hands the token to the client. False if the resolver fails, which may be a bean of the application: a response without
     * its token must not leave.
     */
    private boolean tellClient(CommitResult result) {
        removeOthers();
        try {
            told = true;
            if (result instanceof CommitResult.Send send) {
                filter.exchange().resolver().send(request, delegate, send.token(), send.maxAge(), send.remembered());
                if (filter.exchange().devices() != null) {
                    filter.exchange().devices().offer(request, delegate, session);
                }
                CacheControl.forbidShared(delegate.headers());
            } else if (result instanceof CommitResult.Remove) {
                filter.exchange().resolver().remove(request, delegate);
                if (filter.exchange().devices() != null) {
                    filter.exchange().devices().remove(request, delegate);
                }
                filter.exchange().clearSiteData().addTo(delegate.headers());
                CacheControl.forbidShared(delegate.headers());
            }
            return true;
        } catch (RuntimeException | Error e) {
            NOT_HANDED.logWithTrace(e, "%s could not hand the token to the client",
                    filter.exchange().resolver().getClass().getName());
            return false;
        }
    }

    /** Runs the held operations, and lets later ones pass. */
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

    /** Lets code continue that has stopped writing because too much was held. */
    private void resume(HeldOperations waiting) {
        Handler<Void> drained = drainHandler;
        if (drained != null && waiting.isFull() && (state == State.FAILED || !isEndedOrFull())) {
            drained.handle(null);
        }
    }

    private boolean isEndedOrFull() {
        return delegate.ended() || closed() || delegate.writeQueueFull();
    }

    /** Has the request answered again. Held operations wait for that, as their code may close the connection when they fail. */
    private void answerAnew(RequestRefusedException reason) {
        filter.exchange().refusals().fire(session.refused().id(), reason);
        if (ErrorResponse.hasBegun(request)) {
            drop();
            return;
        }
        orClose(() -> {
            ErrorResponse.takeBack(request, reason.status());
            handOver(() -> Contexts.runLater(context, this::drop));
            // The code that has answered may still be running.
            Contexts.runApart(context, () -> orClose(() -> filter.answerAnew(request, this, reason)));
        });
    }

    /** Runs an answer, and closes the connection if that fails, so that the client never waits forever. */
    private void orClose(Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException | Error e) {
            NOT_TOLD.logWithTrace(e, "The answer to a request of session %s could not be sent", session.id().orElse(null));
            delegate.close();
            drop();
        }
    }

    /** Drops the held operations, and all later ones. */
    void drop() {
        HeldOperations waiting;
        synchronized (this) {
            if (state == State.FAILED) {
                return;
            }
            state = State.FAILED;
            waiting = held;
        }
        if (waiting != null) {
            waiting.runAll();
            resume(waiting);
        }
    }

    /** The held operations, created for the first one; null if operations need not wait. */
    private synchronized @Nullable HeldOperations held() {
        if (!isHolding()) {
            return null;
        }
        if (held == null) {
            held = new HeldOperations(ClosingGate.shut(request));
        }
        return held;
    }

    private <T> Future<T> holdAny(Supplier<Future<T>> operation, int bytes, boolean end) {
        Promise<T> promise = Promise.promise();
        Runnable later = () -> run(operation, promise, end);
        if (!keep(later, bytes, end)) {
            later.run();
        }
        return promise.future();
    }

    /** Holds an operation. False if it need not wait. */
    private boolean keep(Runnable operation, int bytes, boolean end) {
        HeldOperations waiting = held();
        return waiting != null && waiting.add(operation, bytes, end);
    }

    /**
     * Runs an operation, or drops it. A dropped end succeeds, as the response is ended. A dropped write fails, so that a stream
     * stops.
     */
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
            promise.fail(new SessionStoreException("The response was replaced by an error"));
        }
    }
}
