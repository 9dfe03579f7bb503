package io.quarkiverse.imsession.runtime.http;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.EndOfDataDecoderException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;

/** Decodes a form while its bytes are read again. The requests of Vert.x can decode it only while the bytes arrive. */
final class FormDecoder {

    private final PeekedBody body;
    private final Consumer<FormUpload> files;
    private final HttpPostRequestDecoder decoder;
    private final MultiMap attributes = MultiMap.caseInsensitiveMultiMap();
    private boolean closed;

    /**
     * @param files gets each file when it begins
     * @throws RuntimeException of any type, if there is no form of that content type
     */
    FormDecoder(PeekedBody body, String contentType, FormLimits limits, Consumer<FormUpload> files) {
        this.body = body;
        this.files = files;
        HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        head.headers().set(HttpHeaders.CONTENT_TYPE, contentType);
        DefaultHttpDataFactory factory = new Factory();
        factory.setMaxLimit(limits.maxAttributeSize());
        decoder = new HttpPostRequestDecoder(factory, head, StandardCharsets.UTF_8, limits.maxFields(),
                limits.maxBufferedBytes());
    }

    /** The fields; empty until the body has ended. */
    MultiMap attributes() {
        return attributes;
    }

    /** @throws DecoderException if this is no such form, or passes a limit; the form is then not decoded further */
    void offer(Buffer chunk) {
        if (!closed) {
            decode(new DefaultHttpContent(chunk.getByteBuf()));
        }
    }

    /** Ends the form. If it is incomplete here, it has no fields. */
    void end() {
        if (closed) {
            return;
        }
        try {
            decode(LastHttpContent.EMPTY_LAST_CONTENT);
            readAttributes();
        } catch (DecoderException e) {
            // As in Vert.x, this is not reported: all bytes were delivered, and a handler of bytes may still use them.
        }
        close();
    }

    /** Ends the form with a failure, as the rest of the body does not arrive. */
    void fail(Throwable failure) {
        if (!closed && decoder.currentPartialHttpData() instanceof FormUpload.Sink sink) {
            sink.upload().fail(failure);
        }
        close();
    }

    private void decode(HttpContent content) {
        try {
            decoder.offer(content);
        } catch (RuntimeException e) {
            fail(e);
            throw e instanceof DecoderException ? e : new DecoderException(e);
        }
    }

    private void readAttributes() {
        try {
            while (decoder.hasNext()) {
                if (decoder.next() instanceof Attribute attribute) {
                    attributes.add(attribute.getName(), attribute.getValue());
                }
            }
        } catch (EndOfDataDecoderException e) {
            // All values were read, so this cannot happen.
        } catch (IOException e) {
            throw new DecoderException(e);
        }
    }

    private void close() {
        if (!closed) {
            closed = true;
            decoder.destroy();
        }
    }

    /** Keeps values in memory, and does not keep files. */
    private final class Factory extends DefaultHttpDataFactory {

        Factory() {
            super(false);
        }

        @Override
        public FileUpload createFileUpload(HttpRequest request, String name, String filename, String contentType,
                String contentTransferEncoding, Charset charset, long size) {
            FormUpload upload = new FormUpload(body, name, filename, contentType, contentTransferEncoding, charset, size);
            files.accept(upload);
            return upload.sink();
        }
    }
}
