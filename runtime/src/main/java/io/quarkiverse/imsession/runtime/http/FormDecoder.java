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

/**
 * Takes a form apart while its bytes are read once more. The requests of Vert.x do the same, but only while the bytes arrive.
 */
final class FormDecoder {

    private final PeekedBody body;
    private final Consumer<FormUpload> files;
    private final HttpPostRequestDecoder decoder;
    private final MultiMap attributes = MultiMap.caseInsensitiveMultiMap();
    private boolean closed;

    /**
     * @param files told of each file when it begins
     * @throws RuntimeException of whatever kind the decoder chooses, if there is no form of that type
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

    /** Empty up to the end of the body. */
    MultiMap attributes() {
        return attributes;
    }

    /** @throws DecoderException if this is no such form, or one beyond the limits. Nothing more comes of it then */
    void offer(Buffer chunk) {
        if (!closed) {
            decode(new DefaultHttpContent(chunk.getByteBuf()));
        }
    }

    /** A form that turns out here to be none has no fields. */
    void end() {
        if (closed) {
            return;
        }
        try {
            decode(LastHttpContent.EMPTY_LAST_CONTENT);
            readAttributes();
        } catch (DecoderException e) {
            // Not reported, as in Vert.x: all bytes were delivered, and a handler of bytes may still use them.
        }
        close();
    }

    /** The rest of the body does not come. */
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
            // All were read.
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

    /** Keeps values in memory, and no file at all. */
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
