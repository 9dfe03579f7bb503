package io.quarkiverse.imsession.runtime.http;

import org.jspecify.annotations.Nullable;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import io.vertx.core.http.impl.HttpUtils;

/**
 * A request whose form can be searched for a field before the application reads it. Code that reads the body afterwards, as
 * bytes or as a form, gets all of it. A body handler could not be used for this: servlets with multipart forms, and routes that
 * read the body themselves, would not get the body any more.
 */
abstract class PeekableRequest extends HttpServerRequestWrapper {

    private volatile @Nullable PeekedBody peeked;

    PeekableRequest(HttpServerRequestInternal delegate) {
        super(delegate);
    }

    /**
     * The value of a form field.
     *
     * @param limits the limits on the form for code that reads it afterwards
     * @return null if the body is no form, has no such field or has it too late; fails if the client closes the connection
     */
    Future<@Nullable String> peekFormField(String name, FormLimits limits) {
        FormField field = FormField.of(name, getHeader(HttpHeaders.CONTENT_TYPE));
        if (field == null || delegate.isEnded() || !HttpUtils.isValidMultipartMethod(method().toNetty())) {
            return Future.succeededFuture();
        }
        PeekedBody body = new PeekedBody(delegate, field, limits);
        peeked = body;
        sendContinue();
        return body.peek();
    }

    /** Code that reads the body later would send the response 100 again, so the header is removed. */
    private void sendContinue() {
        if ("100-continue".equalsIgnoreCase(getHeader(HttpHeaders.EXPECT))) {
            if (version() != HttpVersion.HTTP_1_0) {
                delegate.response().writeContinue();
            }
            headers().remove(HttpHeaders.EXPECT);
        }
    }

    @Override
    public HttpServerRequest handler(@Nullable Handler<Buffer> handler) {
        PeekedBody body = peeked;
        if (body == null) {
            return super.handler(handler);
        }
        body.handler(handler);
        return this;
    }

    @Override
    public HttpServerRequest endHandler(@Nullable Handler<Void> handler) {
        PeekedBody body = peeked;
        if (body == null) {
            return super.endHandler(handler);
        }
        body.endHandler(handler);
        return this;
    }

    @Override
    public HttpServerRequest exceptionHandler(@Nullable Handler<Throwable> handler) {
        PeekedBody body = peeked;
        if (body == null) {
            return super.exceptionHandler(handler);
        }
        body.exceptionHandler(handler);
        return this;
    }

    @Override
    public HttpServerRequest uploadHandler(@Nullable Handler<HttpServerFileUpload> handler) {
        PeekedBody body = peeked;
        if (body == null) {
            return super.uploadHandler(handler);
        }
        body.uploadHandler(handler);
        return this;
    }

    /** Over HTTP/2, a request whose body was read cannot be paused any more; whoever answers it anew may try. */
    @Override
    public HttpServerRequest pause() {
        PeekedBody body = peeked;
        if (body == null) {
            return delegate.isEnded() ? this : super.pause();
        }
        body.pause();
        return this;
    }

    @Override
    public HttpServerRequest resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public HttpServerRequest fetch(long amount) {
        PeekedBody body = peeked;
        if (body == null) {
            if (delegate.isEnded()) {
                return this;
            }
            return amount == Long.MAX_VALUE ? super.resume() : super.fetch(amount);
        }
        body.fetch(amount);
        return this;
    }

    @Override
    public Future<Buffer> body() {
        PeekedBody body = peeked;
        return body == null ? super.body() : body.body();
    }

    @Override
    public Future<Void> end() {
        PeekedBody body = peeked;
        return body == null ? super.end() : body.end();
    }

    @Override
    public boolean isEnded() {
        PeekedBody body = peeked;
        return body == null ? super.isEnded() : body.isEnded();
    }

    @Override
    public HttpServerRequest setExpectMultipart(boolean expect) {
        PeekedBody body = peeked;
        if (body == null) {
            return super.setExpectMultipart(expect);
        }
        body.expectForm(expect);
        return this;
    }

    @Override
    public boolean isExpectMultipart() {
        PeekedBody body = peeked;
        return body == null ? super.isExpectMultipart() : body.isFormExpected();
    }

    @Override
    public MultiMap formAttributes() {
        PeekedBody body = peeked;
        return body == null ? super.formAttributes() : body.formAttributes();
    }

    @Override
    public @Nullable String getFormAttribute(String name) {
        return formAttributes().get(name);
    }
}
