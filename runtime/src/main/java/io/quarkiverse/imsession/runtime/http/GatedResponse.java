package io.quarkiverse.imsession.runtime.http;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;

/** Puts a gate before each operation that begins a response, adds to it or changes its head. */
abstract class GatedResponse extends ListenedResponse {

    GatedResponse(HttpServerResponse delegate, @Nullable ListenedResponse replaced) {
        super(delegate, replaced);
    }

    /** Whether operations may go to the delegate directly. */
    abstract boolean passes();

    /**
     * Runs an operation later.
     *
     * @param bytes the memory that the waiting operation takes
     * @param end whether the operation ends the response
     */
    abstract Future<Void> hold(Supplier<Future<Void>> operation, int bytes, boolean end);

    /** Fails if the head was sent, as far as the application knows: then Vert.x refuses changes of it too. */
    abstract void checkHead();

    @Override
    public HttpServerResponse setStatusCode(int status) {
        checkHead();
        return super.setStatusCode(status);
    }

    @Override
    public HttpServerResponse setStatusMessage(String message) {
        checkHead();
        return super.setStatusMessage(message);
    }

    @Override
    public HttpServerResponse setChunked(boolean chunked) {
        checkHead();
        return super.setChunked(chunked);
    }

    @Override
    public HttpServerResponse putHeader(String name, String value) {
        checkHead();
        return super.putHeader(name, value);
    }

    @Override
    public HttpServerResponse putHeader(CharSequence name, CharSequence value) {
        checkHead();
        return super.putHeader(name, value);
    }

    @Override
    public HttpServerResponse putHeader(String name, Iterable<String> values) {
        checkHead();
        return super.putHeader(name, values);
    }

    @Override
    public HttpServerResponse putHeader(CharSequence name, Iterable<CharSequence> values) {
        checkHead();
        return super.putHeader(name, values);
    }

    @Override
    public HttpServerResponse addCookie(Cookie cookie) {
        checkHead();
        return super.addCookie(cookie);
    }

    @Override
    public Future<Void> writeHead() {
        return passes() ? super.writeHead() : hold(super::writeHead, 0, false);
    }

    @Override
    public Future<Void> write(Buffer data) {
        return passes() ? super.write(data) : hold(() -> super.write(data), data.length(), false);
    }

    @Override
    public void write(Buffer data, Handler<AsyncResult<Void>> handler) {
        notify(write(data), handler);
    }

    @Override
    public Future<Void> write(String chunk, String enc) {
        return passes() ? super.write(chunk, enc) : hold(() -> super.write(chunk, enc), chunk.length(), false);
    }

    @Override
    public void write(String chunk, String enc, Handler<AsyncResult<Void>> handler) {
        notify(write(chunk, enc), handler);
    }

    @Override
    public Future<Void> write(String chunk) {
        return passes() ? super.write(chunk) : hold(() -> super.write(chunk), chunk.length(), false);
    }

    @Override
    public void write(String chunk, Handler<AsyncResult<Void>> handler) {
        notify(write(chunk), handler);
    }

    @Override
    public Future<Void> end(String chunk) {
        return passes() ? super.end(chunk) : hold(() -> super.end(chunk), chunk.length(), true);
    }

    @Override
    public void end(String chunk, Handler<AsyncResult<Void>> handler) {
        notify(end(chunk), handler);
    }

    @Override
    public Future<Void> end(String chunk, String enc) {
        return passes() ? super.end(chunk, enc) : hold(() -> super.end(chunk, enc), chunk.length(), true);
    }

    @Override
    public void end(String chunk, String enc, Handler<AsyncResult<Void>> handler) {
        notify(end(chunk, enc), handler);
    }

    @Override
    public Future<Void> end(Buffer chunk) {
        return passes() ? super.end(chunk) : hold(() -> super.end(chunk), chunk.length(), true);
    }

    @Override
    public void end(Buffer chunk, Handler<AsyncResult<Void>> handler) {
        notify(end(chunk), handler);
    }

    @Override
    public Future<Void> end() {
        return passes() ? super.end() : hold(super::end, 0, true);
    }

    @Override
    public void end(Handler<AsyncResult<Void>> handler) {
        notify(end(), handler);
    }

    @Override
    public Future<Void> send() {
        return end();
    }

    @Override
    public void send(Handler<AsyncResult<Void>> handler) {
        notify(end(), handler);
    }

    @Override
    public Future<Void> send(String body) {
        return end(body);
    }

    @Override
    public void send(String body, Handler<AsyncResult<Void>> handler) {
        notify(end(body), handler);
    }

    @Override
    public Future<Void> send(Buffer body) {
        return end(body);
    }

    @Override
    public void send(Buffer body, Handler<AsyncResult<Void>> handler) {
        notify(end(body), handler);
    }

    /** The source is not read before the response may pass, so none of its bytes need be kept. */
    @Override
    public Future<Void> send(ReadStream<Buffer> body) {
        if (passes()) {
            return super.send(body);
        }
        body.pause();
        return hold(() -> super.send(body), 0, true);
    }

    @Override
    public void send(ReadStream<Buffer> body, Handler<AsyncResult<Void>> handler) {
        notify(send(body), handler);
    }

    @Override
    public Future<Void> sendFile(String filename) {
        return passes() ? super.sendFile(filename) : hold(() -> super.sendFile(filename), 0, true);
    }

    @Override
    public Future<Void> sendFile(String filename, long offset) {
        return passes() ? super.sendFile(filename, offset) : hold(() -> super.sendFile(filename, offset), 0, true);
    }

    @Override
    public Future<Void> sendFile(String filename, long offset, long length) {
        return passes() ? super.sendFile(filename, offset, length)
                : hold(() -> super.sendFile(filename, offset, length), 0, true);
    }

    @Override
    public HttpServerResponse sendFile(String filename, Handler<AsyncResult<Void>> handler) {
        notify(sendFile(filename), handler);
        return this;
    }

    @Override
    public HttpServerResponse sendFile(String filename, long offset, Handler<AsyncResult<Void>> handler) {
        notify(sendFile(filename, offset), handler);
        return this;
    }

    @Override
    public HttpServerResponse sendFile(String filename, long offset, long length, Handler<AsyncResult<Void>> handler) {
        notify(sendFile(filename, offset, length), handler);
        return this;
    }

    private static void notify(Future<Void> done, Handler<AsyncResult<Void>> handler) {
        if (handler != null) {
            done.onComplete(handler);
        }
    }
}
