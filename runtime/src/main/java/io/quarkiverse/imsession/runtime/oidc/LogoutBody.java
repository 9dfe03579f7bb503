package io.quarkiverse.imsession.runtime.oidc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads the body of a request to the back channel, of a bounded size. The reader of Quarkus leaves a request without an answer
 * whose form is too large.
 */
final class LogoutBody {

    static final int MOST_BYTES = 16 * 1024;

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String FIELD = "logout_token=";

    private final HttpServerRequest request;
    private final Consumer<@Nullable String> then;
    private final Buffer read = Buffer.buffer();
    private boolean over;

    private LogoutBody(HttpServerRequest request, Consumer<@Nullable String> then) {
        this.request = request;
        this.then = then;
    }

    /** @param then gets the only logout token of the form; null if there is not exactly one, or if the body is too large */
    static void read(HttpServerRequest request, Consumer<@Nullable String> then) {
        LogoutBody body = new LogoutBody(request, then);
        if (!isForm(request) || declaredLength(request) > MOST_BYTES || request.isEnded()) {
            body.end(null);
            return;
        }
        request.handler(body::add).endHandler(none -> body.end(tokenOf(body.read.toString(StandardCharsets.UTF_8))))
                .exceptionHandler(failure -> body.end(null));
        request.resume();
    }

    private static boolean isForm(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals(FORM);
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void add(Buffer part) {
        if (!over) {
            read.appendBuffer(part);
            if (read.length() > MOST_BYTES) {
                end(null);
            }
        }
    }

    /** Whatever the client sends after a body that is too large is not read. */
    private void end(@Nullable String token) {
        if (over) {
            return;
        }
        over = true;
        if (token == null && !request.isEnded()) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            request.resume();
        }
        then.accept(token);
    }

    private static @Nullable String tokenOf(String form) {
        List<String> tokens = new ArrayList<>();
        for (String field : form.split("&")) {
            if (field.startsWith(FIELD)) {
                tokens.add(field.substring(FIELD.length()));
            }
        }
        try {
            return tokens.size() == 1 ? URLDecoder.decode(tokens.get(0), StandardCharsets.UTF_8) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
