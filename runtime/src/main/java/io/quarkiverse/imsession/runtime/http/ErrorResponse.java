package io.quarkiverse.imsession.runtime.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkiverse.imsession.RequestRefusedException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.ServerCookie;

/**
 * A response that the extension itself sends in place of the application's.
 *
 * @param message a sentence for the user
 */
public record ErrorResponse(int status, String message) {

    static final ErrorResponse TOKEN_NOT_READ = new ErrorResponse(500, "The session token could not be read.");
    static final ErrorResponse TOKEN_NOT_SENT = new ErrorResponse(500, "The session token could not be sent.");

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String NO_STORE = "no-store";
    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER_SECONDS = "1";

    /** The answer to a request that was refused. */
    public static ErrorResponse of(RequestRefusedException refusal) {
        return new ErrorResponse(refusal.status(), switch (refusal.reason()) {
            case ORIGIN -> "The request came from another site, so it was refused. Nothing was stored.";
            case TOKEN -> "The request came from a page that is out of date. Load the page again, then try once more."
                    + " Nothing was stored.";
            case CONFLICT -> "The session was changed or ended while this request was under way. This change was not stored.";
            case SIZE -> "Together with what another request stored meanwhile, the session would be too large."
                    + " This change was not stored.";
            case LIMIT -> "There are too many sessions already. End another one, then try again. This change was not stored.";
            case DEVICE ->
                "This page needs a session that is bound to your device. If you have just logged in, try again in some"
                        + " seconds; otherwise log in again, with a browser that can bind sessions. Nothing was stored.";
            case STORE -> "The session store is unavailable. Please try again.";
        });
    }

    public Map<String, String> headers() {
        return status == UNAVAILABLE
                ? Map.of("Content-Type", TEXT, "Cache-Control", NO_STORE, "Retry-After", RETRY_AFTER_SECONDS)
                : Map.of("Content-Type", TEXT, "Cache-Control", NO_STORE);
    }

    /** Adds the headers of this answer to a response of the application, unless the application has set them. */
    void complete(HttpServerResponse response) {
        setIfAbsent(response.headers(), "Cache-Control", NO_STORE);
        if (status == UNAVAILABLE && response.getStatusCode() == status) {
            setIfAbsent(response.headers(), "Retry-After", RETRY_AFTER_SECONDS);
        }
    }

    private static void setIfAbsent(MultiMap headers, String name, String value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }

    /** Ends a response that has not begun. */
    void send(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (!hasBegun(request)) {
            setStatus(response, status);
            // setAll would remove all other headers, such as those of CORS.
            headers().forEach(response.headers()::set);
            if (request.method() == HttpMethod.HEAD) {
                response.end();
            } else {
                response.end(message);
            }
        }
    }

    /** Whether the response has begun, so that another answer is impossible. */
    static boolean hasBegun(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        return response.ended() || Connections.isClosed(request) || response.headWritten();
    }

    /** Resets a response that has not begun, and gives it another status. */
    static void takeBack(HttpServerRequest request, int status) {
        HttpServerResponse response = request.response();
        setStatus(response, status);
        clear(response.headers());
        for (Cookie cookie : List.copyOf(request.cookies())) {
            if (!(cookie instanceof ServerCookie known) || known.isChanged()) {
                response.removeCookie(cookie.getName(), false);
            }
        }
        response.setChunked(false);
    }

    /** Sets the status with its message. A message that was set before would stay otherwise. */
    private static void setStatus(HttpServerResponse response, int status) {
        boolean hasMessage = !HttpResponseStatus.valueOf(response.getStatusCode()).reasonPhrase()
                .equals(response.getStatusMessage());
        response.setStatusCode(status);
        if (hasMessage) {
            response.setStatusMessage(HttpResponseStatus.valueOf(status).reasonPhrase());
        }
    }

    /** Removes all headers but those of CORS. */
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
