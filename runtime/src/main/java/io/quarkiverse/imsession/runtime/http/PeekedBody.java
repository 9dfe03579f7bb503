package io.quarkiverse.imsession.runtime.http;

import org.jspecify.annotations.Nullable;

import io.netty.handler.codec.DecoderException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.streams.impl.InboundBuffer;

/**
 * The body of a form that is read up to one of its fields, and then again from its beginning by the code that asks for it, as
 * bytes or as a form. Its beginning is kept in one buffer, however many chunks it came in.
 */
final class PeekedBody {

    /** The greatest number of bytes that are searched for the field. */
    private static final int LIMIT_BYTES = 64 * 1024;
    /** The number of waiting chunks at which reading pauses, as in a request of Vert.x. */
    private static final int HIGH_WATER_MARK = 8;

    private final HttpServerRequestInternal request;
    private final ContextInternal context;
    private final FormField field;
    private final FormLimits limits;
    private final InboundBuffer<Object> queue;
    private final Promise<@Nullable String> found;

    // Any thread may set these at any time, also while they are used: each use reads them once.
    private volatile @Nullable Handler<Buffer> handler;
    private volatile @Nullable Handler<Void> endHandler;
    private volatile @Nullable Handler<Throwable> exceptionHandler;
    private volatile @Nullable Handler<HttpServerFileUpload> uploadHandler;
    private volatile @Nullable Buffer body;
    private volatile @Nullable Promise<Buffer> bodyPromise;
    private volatile @Nullable Promise<Void> endPromise;
    /** Decodes what is read from now on; null if no form is expected. */
    private volatile @Nullable FormDecoder form;
    /**
     * Whether the application controls the flow of the body, by pause, resume or fetch. Until then, setting a handler starts
     * the flow, as in Quarkus.
     */
    private volatile boolean controlled;
    private volatile boolean ended;

    // Used on the event loop only.
    /** The bytes that have arrived; null when the search is over. */
    private @Nullable Buffer seen = Buffer.buffer();
    private boolean begun;
    private boolean received;

    PeekedBody(HttpServerRequestInternal request, FormField field, FormLimits limits) {
        this.request = request;
        this.context = (ContextInternal) request.context();
        this.field = field;
        this.limits = limits;
        this.found = context.promise();
        this.queue = InboundBuffer.createPaused(context, HIGH_WATER_MARK, ignored -> resumeRequest(), this::emit);
    }

    ContextInternal context() {
        return context;
    }

    /** The value of the field; null if the field is absent or comes too late. */
    Future<@Nullable String> peek() {
        request.pause();
        request.exceptionHandler(this::fail);
        request.endHandler(ignored -> receiveEnd());
        request.handler(this::receive);
        request.fetch(1);
        return found.future();
    }

    private void receive(Buffer chunk) {
        Buffer begin = seen;
        if (begin != null) {
            begin.appendBuffer(chunk);
            if (field.search(begin, false) || begin.length() >= LIMIT_BYTES) {
                pass(begin);
                found.complete(field.value());
            } else {
                request.fetch(1);
            }
            return;
        }
        // The body is not needed any more, but must be read so that the next request of the connection can be read.
        if (request.response().ended()) {
            queue.resume();
        }
        // HTTP/2 may end a body with an empty chunk. A servlet that has requested one chunk would get the empty one, and wait
        // forever.
        if (chunk.length() > 0 && !queue.write(chunk)) {
            request.pause();
        }
    }

    private void receiveEnd() {
        received = true;
        Buffer whole = seen;
        if (whole != null) {
            field.search(whole, true);
            pass(whole);
        }
        queue.write(InboundBuffer.END_SENTINEL);
        if (whole != null) {
            found.complete(field.value());
        }
    }

    private void pass(Buffer begin) {
        seen = null;
        if (begin.length() > 0) {
            queue.write(begin);
        }
    }

    private void fail(Throwable failure) {
        if (seen != null) {
            seen = null;
            found.fail(failure);
            return;
        }
        FormDecoder decoder = form;
        if (decoder != null) {
            decoder.fail(failure);
        }
        tell(failure);
    }

    private void emit(Object item) {
        if (!begun) {
            begun = true;
            resumeRequest();
        }
        FormDecoder decoder = form;
        if (item == InboundBuffer.END_SENTINEL) {
            ended = true;
            if (decoder != null) {
                decoder.end();
            }
            context.dispatch(null, ignored -> emitEnd());
        } else {
            Buffer chunk = (Buffer) item;
            if (decoder != null) {
                decode(decoder, chunk);
            }
            context.dispatch(chunk, this::emitChunk);
        }
    }

    /**
     * Decodes a chunk. If the form cannot be decoded, only the code that expects a form fails; the bytes are still delivered.
     */
    private void decode(FormDecoder decoder, Buffer chunk) {
        try {
            decoder.offer(chunk);
        } catch (DecoderException e) {
            tell(e);
        }
    }

    private void emitChunk(Buffer chunk) {
        Handler<Buffer> wanted = handler;
        if (wanted != null) {
            wanted.handle(chunk);
        }
        Buffer whole = body;
        if (whole != null) {
            whole.appendBuffer(chunk);
        }
    }

    private void emitEnd() {
        Handler<Void> wanted = endHandler;
        if (wanted != null) {
            wanted.handle(null);
        }
        Promise<Buffer> promise = bodyPromise;
        if (promise != null) {
            promise.tryComplete(body);
        }
        Promise<Void> end = endPromise;
        if (end != null) {
            end.tryComplete();
        }
    }

    private void hand(HttpServerFileUpload upload) {
        Handler<HttpServerFileUpload> wanted = uploadHandler;
        if (wanted != null) {
            context.dispatch(upload, wanted);
        }
    }

    private void tell(Throwable failure) {
        Handler<Throwable> wanted = exceptionHandler;
        if (wanted != null) {
            context.dispatch(failure, wanted);
        }
        Promise<Buffer> promise = bodyPromise;
        if (promise != null) {
            promise.tryFail(failure);
        }
        Promise<Void> end = endPromise;
        if (end != null) {
            end.tryFail(failure);
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

    void resume() {
        fetch(Long.MAX_VALUE);
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
        if (!expect) {
            form = null;
        } else if (form == null) {
            form = new FormDecoder(this, request.getHeader(HttpHeaders.CONTENT_TYPE), limits, this::hand);
        }
    }

    boolean isFormExpected() {
        return form != null;
    }

    /** If no form is expected, there are no fields: code that reads bytes would take fields for the whole body. */
    MultiMap formAttributes() {
        FormDecoder decoder = form;
        return decoder == null ? MultiMap.caseInsensitiveMultiMap() : decoder.attributes();
    }

    boolean isEnded() {
        return ended;
    }

    /** As in requests of Vert.x, it is an error to set a handler too late, but not to remove one. */
    private void checkNotEnded(@Nullable Object asks) {
        if (asks != null && ended) {
            throw new IllegalStateException("Request has already been read");
        }
    }
}
