package io.quarkiverse.imsession.runtime.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.Unpooled;
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
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;

/** Looks for one field in the body of a form while it arrives. Whoever feeds it decides how much it keeps in memory. */
final class FormField {

    private static final int UNLIMITED = -1;

    private final String name;
    private final HttpPostRequestDecoder decoder;

    /** @throws RuntimeException of whatever kind the decoder chooses, if the content type is not that of a form */
    FormField(String name, String contentType) {
        this.name = name;
        HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        head.headers().set(HttpHeaders.CONTENT_TYPE, contentType);
        decoder = new HttpPostRequestDecoder(new DefaultHttpDataFactory(false), head, StandardCharsets.UTF_8, UNLIMITED,
                UNLIMITED);
    }

    /** Whether a body of that type is a form. */
    static boolean isForm(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        return type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/form-data");
    }

    /**
     * The value of the field, as soon as it is complete.
     *
     * @throws RuntimeException of whatever kind the decoder chooses, if the body is no such form
     */
    @Nullable
    String offer(Buffer chunk) {
        return find(new DefaultHttpContent(Unpooled.wrappedBuffer(chunk.getBytes())));
    }

    /** The same at the end of the body. */
    @Nullable
    String end() {
        return find(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    void close() {
        decoder.destroy();
    }

    private @Nullable String find(HttpContent content) {
        try {
            decoder.offer(content);
            while (decoder.hasNext()) {
                if (decoder.next() instanceof Attribute attribute && attribute.getName().equals(name)) {
                    return attribute.getValue();
                }
            }
        } catch (HttpPostRequestDecoder.EndOfDataDecoderException e) {
            // All fields were seen.
        } catch (IOException e) {
            throw new DecoderException(e);
        }
        return null;
    }
}
