package io.quarkiverse.imsession.runtime.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.netty.handler.codec.DecoderException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.streams.impl.InboundBuffer;

/**
 * The body of a form that is read up to one of its fields, and then again from its beginning by whoever asks for it. The bytes
 * seen are kept for those who read bytes. The request decodes them too and keeps the uploads for those who expect a form, as it
 * can do so only when the bytes come in.
 */
final class PeekedBody {

    /** How much of a body is read in search of the field. */
    private static final int LIMIT_BYTES = 64 * 1024;
    /** How many chunks wait before no more are read: as many as in a request of Vert.x. */
    private static final int HIGH_WATER_MARK = 8;

    private final HttpServerRequestInternal request;
    private final ContextInternal context;
    private final FormField field;
    private final InboundBuffer<Object> queue;
    private final Promise<@Nullable String> found;
    private final List<HttpServerFileUpload> uploads = new ArrayList<>();

    private volatile @Nullable Handler<Buffer> handler;
    private volatile @Nullable Handler<Void> endHandler;
    private volatile @Nullable Handler<Throwable> exceptionHandler;
    private volatile @Nullable Handler<HttpServerFileUpload> uploadHandler;
    private volatile @Nullable Buffer body;
    private volatile @Nullable Promise<Buffer> bodyPromise;
    private volatile @Nullable Promise<Void> endPromise;
    /** Whether somebody decided when the body is to flow. As long as nobody does, setting a handler lets it, as in Quarkus. */
    private volatile boolean controlled;
    private volatile boolean formExpected;
    private volatile boolean ended;

    // Used on the event loop only.
    private int seen;
    private boolean peeking = true;
    private boolean begun;
    private boolean received;
    private @Nullable Throwable formFailure;

    /** @throws IllegalStateException if the request cannot be read as a form */
    PeekedBody(HttpServerRequestInternal request, FormField field) {
        this.request = request;
        this.context = (ContextInternal) request.context();
        this.field = field;
        this.found = context.promise();
        this.queue = InboundBuffer.createPaused(context, HIGH_WATER_MARK, ignored -> resumeRequest(), this::emit);
        request.setExpectMultipart(true);
    }

    /** Null if the field is not there, or too late. */
    Future<@Nullable String> peek() {
        request.pause();
        request.exceptionHandler(this::fail);
        request.uploadHandler(this::receive);
        request.endHandler(ignored -> receiveEnd());
        request.handler(this::receive);
        request.fetch(1);
        return found.future();
    }

    private void receive(Buffer chunk) {
        // Nobody waits for it any more. It has to be read nevertheless, for the sake of the next request.
        if (request.response().ended()) {
            queue.resume();
        }
        // HTTP/2 may end a body with an empty chunk. Servlets that asked for one would wait for another one in vain.
        boolean writable = chunk.length() == 0 || queue.write(chunk);
        if (peeking) {
            seen += chunk.length();
            peekInto(() -> field.offer(chunk), seen >= LIMIT_BYTES);
        } else if (!writable) {
            request.pause();
        }
    }

    private void receiveEnd() {
        received = true;
        queue.write(InboundBuffer.END_SENTINEL);
        if (peeking) {
            peekInto(field::end, true);
        }
    }

    private void receive(HttpServerFileUpload upload) {
        if (begun) {
            hand(upload);
        } else {
            upload.pause();
            uploads.add(upload);
        }
    }

    private void peekInto(Supplier<@Nullable String> search, boolean last) {
        String value = null;
        boolean done = last;
        try {
            value = search.get();
        } catch (RuntimeException e) {
            // Whatever is wrong with such a body: nobody else can read it as a form either.
            done = true;
        }
        if (value == null && !done) {
            request.fetch(1);
            return;
        }
        peeking = false;
        field.close();
        found.complete(value);
    }

    /** A form that cannot be decoded is the matter of those who expect a form. */
    private void fail(Throwable failure) {
        if (!begun && failure instanceof DecoderException) {
            formFailure = failure;
        } else if (peeking) {
            peeking = false;
            field.close();
            found.fail(failure);
        } else {
            tell(failure);
        }
    }

    private void emit(Object item) {
        if (!begun) {
            begun = true;
            begin();
        }
        if (item == InboundBuffer.END_SENTINEL) {
            ended = true;
            context.dispatch(null, ignored -> emitEnd());
        } else {
            context.dispatch((Buffer) item, this::emitChunk);
        }
    }

    private void begin() {
        if (formExpected) {
            for (HttpServerFileUpload upload : uploads) {
                // It flows a moment later, so the handler can still pause it.
                upload.resume();
                hand(upload);
            }
            if (formFailure != null) {
                tell(formFailure);
            }
        } else if (!received) {
            request.setExpectMultipart(false);
        }
        uploads.clear();
        resumeRequest();
    }

    private void emitChunk(Buffer chunk) {
        if (handler != null) {
            handler.handle(chunk);
        }
        if (body != null) {
            body.appendBuffer(chunk);
        }
    }

    private void emitEnd() {
        if (endHandler != null) {
            endHandler.handle(null);
        }
        if (bodyPromise != null) {
            bodyPromise.tryComplete(body);
        }
        if (endPromise != null) {
            endPromise.tryComplete();
        }
    }

    private void hand(HttpServerFileUpload upload) {
        if (uploadHandler != null) {
            context.dispatch(upload, uploadHandler);
        }
    }

    private void tell(Throwable failure) {
        if (exceptionHandler != null) {
            context.dispatch(failure, exceptionHandler);
        }
        if (bodyPromise != null) {
            bodyPromise.tryFail(failure);
        }
        if (endPromise != null) {
            endPromise.tryFail(failure);
        }
    }

    private void resumeRequest() {
        if (!received) {
            request.resume();
        }
    }

    void handler(@Nullable Handler<Buffer> newHandler) {
        checkNotEnded(newHandler);
        handler = newHandler;
        flowUnlessControlled();
    }

    void endHandler(@Nullable Handler<Void> newHandler) {
        checkNotEnded(newHandler);
        endHandler = newHandler;
        flowUnlessControlled();
    }

    void uploadHandler(@Nullable Handler<HttpServerFileUpload> newHandler) {
        checkNotEnded(newHandler);
        uploadHandler = newHandler;
        flowUnlessControlled();
    }

    void exceptionHandler(@Nullable Handler<Throwable> newHandler) {
        exceptionHandler = newHandler;
    }

    void pause() {
        controlled = true;
        queue.pause();
    }

    void fetch(long amount) {
        controlled = true;
        queue.fetch(amount);
    }

    private void flowUnlessControlled() {
        if (!controlled) {
            queue.resume();
        }
    }

    Future<Buffer> body() {
        checkNotEnded(this);
        if (bodyPromise == null) {
            body = Buffer.buffer();
            bodyPromise = context.promise();
        }
        return bodyPromise.future();
    }

    Future<Void> end() {
        checkNotEnded(this);
        if (endPromise == null) {
            endPromise = context.promise();
        }
        return endPromise.future();
    }

    void expectForm(boolean expect) {
        checkNotEnded(this);
        formExpected = expect;
    }

    boolean isFormExpected() {
        return formExpected;
    }

    boolean isEnded() {
        return ended;
    }

    /** As the requests of Vert.x: who comes too late is told, who lets go is not. */
    private void checkNotEnded(@Nullable Object asks) {
        if (asks != null && ended) {
            throw new IllegalStateException("Request has already been read");
        }
    }
}
