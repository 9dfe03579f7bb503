package io.quarkiverse.imsession.runtime.devices;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.imsession.runtime.session.Contexts;
import io.quarkiverse.imsession.runtime.store.ForeignCursorException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** What the answers of pages have in common. */
final class Answers {

    static final String HTML = "text/html; charset=utf-8";
    static final String JSON = "application/json";
    static final String TEXT = "text/plain; charset=utf-8";

    private static final String STYLESHEET = "META-INF/imsession/devices.css";

    private final String policyOfContent;

    /** @param stylesheet the stylesheet of the application */
    Answers(Optional<String> stylesheet) {
        policyOfContent = policyOfContent(stylesheet);
    }

    /** Scripts and styles in the page itself are not allowed, as it has none. */
    static String policyOfContent(Optional<String> stylesheet) {
        String policy = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
        return stylesheet.map(URI::create).filter(URI::isAbsolute)
                .map(address -> policy + "; style-src 'self' " + address.getScheme() + "://" + address.getRawAuthority())
                .orElse(policy);
    }

    static String readStyle() {
        try (InputStream stream = Thread.currentThread().getContextClassLoader().getResourceAsStream(STYLESHEET)) {
            if (stream == null) {
                throw new IllegalStateException(STYLESHEET + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void style(RoutingContext context, String style) {
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "max-age=3600");
        end(context, 200, "text/css; charset=utf-8", style);
    }

    /** Headers that the application sets for all its responses are kept. */
    void secure(MultiMap headers) {
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        headers.add(HttpHeaders.VARY, "Accept, Accept-Language");
        setIfAbsent(headers, "Content-Security-Policy", policyOfContent);
        setIfAbsent(headers, "X-Frame-Options", "DENY");
        setIfAbsent(headers, "X-Content-Type-Options", "nosniff");
        // With no-referrer, forms would be sent with the origin "null".
        setIfAbsent(headers, "Referrer-Policy", "same-origin");
    }

    private static void setIfAbsent(MultiMap headers, String name, String value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }

    static void notAllowed(RoutingContext context, String allowed) {
        context.response().putHeader(HttpHeaders.ALLOW, allowed);
        end(context, 405, TEXT, "Allowed are " + allowed);
    }

    static void notFound(RoutingContext context) {
        end(context, 404, TEXT, "There is no such device");
    }

    static <T> void then(RoutingContext context, Uni<T> result, Consumer<T> next) {
        result.emitOn(Contexts.ofCaller()).subscribe().with(item -> {
            try {
                next.accept(item);
            } catch (RuntimeException e) {
                context.fail(e);
            }
        }, failure -> {
            if (failure instanceof ForeignCursorException) {
                end(context, 404, TEXT, "There is no such page");
            } else {
                context.fail(failure);
            }
        });
    }

    static void end(RoutingContext context, int status, String type, String body) {
        HttpServerResponse response = context.response().setStatusCode(status);
        if (!body.isEmpty()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, type);
        }
        if (body.isEmpty() || context.request().method() == HttpMethod.HEAD) {
            response.end();
        } else {
            response.end(body);
        }
    }
}
