package io.quarkiverse.imsession.runtime.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The answers of the extension itself, in place of the application's. */
public enum ErrorResponse {

    STORE_UNAVAILABLE(503, "The session store is unavailable. Please try again."),
    SESSION_ENDED(409, "The session ended or was renewed while this request was under way. Nothing was stored."),
    LIMIT_REACHED(409, "There are too many sessions already. End another one, then try again. Nothing was stored."),
    TOKEN_NOT_READ(500, "The session token could not be read."),
    TOKEN_NOT_SENT(500, "The session token could not be sent.");

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String RETRY_AFTER_SECONDS = "1";

    private final int status;
    private final String message;

    ErrorResponse(int status, String message) {
        this.status = status;
        this.message = message;
    }

    public int status() {
        return status;
    }

    /** A sentence for the user. */
    public String message() {
        return message;
    }

    public Map<String, String> headers() {
        return this == STORE_UNAVAILABLE
                ? Map.of("Content-Type", TEXT, "Cache-Control", "no-store", "Retry-After", RETRY_AFTER_SECONDS)
                : Map.of("Content-Type", TEXT, "Cache-Control", "no-store");
    }

    /** Takes back what the application has prepared, and ends the response. */
    void send(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (response.ended() || Connections.isClosed(request) || response.headWritten()) {
            return;
        }
        clear(response.headers());
        for (Cookie cookie : List.copyOf(request.cookies())) {
            response.removeCookie(cookie.getName(), false);
        }
        response.setChunked(false);
        response.setStatusCode(status);
        response.setStatusMessage(HttpResponseStatus.valueOf(status).reasonPhrase());
        response.headers().setAll(headers());
        response.end(message);
    }

    /** All headers spoke of the application's answer, but those that let a page of another origin see this one. */
    private static void clear(MultiMap headers) {
        List<String> names = new ArrayList<>(headers.names());
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!lower.startsWith("access-control-") && !lower.equals("vary")) {
                headers.remove(name);
            }
        }
    }
}
