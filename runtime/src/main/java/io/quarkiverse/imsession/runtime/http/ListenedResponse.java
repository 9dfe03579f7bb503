package io.quarkiverse.imsession.runtime.http;

import org.jspecify.annotations.Nullable;

import io.quarkus.vertx.http.runtime.filters.AbstractResponseWrapper;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;

/**
 * Keeps the handlers for the end of a response. A response that replaces another one has its own handlers, and also calls those
 * of the other one, which clean up for the code that answered first.
 */
abstract class ListenedResponse extends AbstractResponseWrapper {

    private final @Nullable ListenedResponse replaced;

    private volatile @Nullable Handler<Void> endHandler;
    private volatile @Nullable Handler<Void> bodyEndHandler;
    private volatile @Nullable Handler<Void> closeHandler;
    private volatile @Nullable Handler<Throwable> exceptionHandler;
    private volatile @Nullable Runnable whenOver;
    private volatile @Nullable Runnable whenEnded;

    /** @param replaced the response that this one replaces, or null */
    ListenedResponse(HttpServerResponse delegate, @Nullable ListenedResponse replaced) {
        super(delegate);
        this.replaced = replaced;
    }

    /**
     * Lets another response replace this one.
     *
     * @param over runs when the other response was sent, or cannot be sent any more; may run twice
     */
    final void handOver(Runnable over) {
        super.endHandler(this::tellEnd);
        super.bodyEndHandler(this::tellBodyEnd);
        super.closeHandler(this::tellClose);
        super.exceptionHandler(this::tellException);
        whenOver = over;
    }

    /** Runs a task when this response has been sent, beside the handler of the application. */
    final void whenEnded(Runnable task) {
        whenEnded = task;
        super.endHandler(this::tellEnd);
    }

    final boolean isHandedOver() {
        return whenOver != null;
    }

    @Override
    public HttpServerResponse endHandler(@Nullable Handler<Void> handler) {
        endHandler = handler;
        if (!isHandedOver()) {
            super.endHandler(replaced == null && whenEnded == null ? handler : this::tellEnd);
        }
        return this;
    }

    @Override
    public HttpServerResponse bodyEndHandler(@Nullable Handler<Void> handler) {
        bodyEndHandler = handler;
        if (!isHandedOver()) {
            super.bodyEndHandler(replaced == null ? handler : this::tellBodyEnd);
        }
        return this;
    }

    @Override
    public HttpServerResponse closeHandler(@Nullable Handler<Void> handler) {
        closeHandler = handler;
        if (!isHandedOver()) {
            super.closeHandler(replaced == null ? handler : this::tellClose);
        }
        return this;
    }

    @Override
    public HttpServerResponse exceptionHandler(@Nullable Handler<Throwable> handler) {
        exceptionHandler = handler;
        if (!isHandedOver()) {
            super.exceptionHandler(replaced == null ? handler : this::tellException);
        }
        return this;
    }

    /** The code that answered first may reset the response when it cannot write. This must not end the other answer. */
    @Override
    public boolean reset(long code) {
        return !isHandedOver() && super.reset(code);
    }

    @Override
    public void close() {
        if (!isHandedOver()) {
            super.close();
        }
    }

    private void tellEnd(@Nullable Void end) {
        tell(endHandler, end);
        run(whenEnded);
        if (replaced != null) {
            replaced.tellEnd(end);
        }
        run(whenOver);
    }

    private void tellBodyEnd(@Nullable Void end) {
        tell(bodyEndHandler, end);
        if (replaced != null) {
            replaced.tellBodyEnd(end);
        }
    }

    private void tellClose(@Nullable Void close) {
        tell(closeHandler, close);
        if (replaced != null) {
            replaced.tellClose(close);
        }
        run(whenOver);
    }

    private void tellException(Throwable failure) {
        tell(exceptionHandler, failure);
        if (replaced != null) {
            replaced.tellException(failure);
        }
    }

    private static void run(@Nullable Runnable task) {
        if (task != null) {
            task.run();
        }
    }

    private static <T extends @Nullable Object> void tell(@Nullable Handler<T> handler, T what) {
        if (handler != null) {
            handler.handle(what);
        }
    }
}
