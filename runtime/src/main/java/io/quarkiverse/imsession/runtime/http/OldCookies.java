package io.quarkiverse.imsession.runtime.http;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.config.SecurityConfig.QuarkusCookies;
import io.vertx.core.MultiMap;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** The cookies in which mechanisms of Quarkus have kept log-ins before they were kept in sessions. */
public final class OldCookies {

    static final Predicate<String> ALL = name -> true;
    static final Predicate<String> NONE = name -> false;

    private OldCookies() {
    }

    /** The value of such a cookie in a request that has a session; null if the browser has not sent it. */
    public static @Nullable String of(RoutingContext context, String name) {
        return context.response() instanceof SessionResponse response ? response.request().sent(name) : null;
    }

    /** What a mechanism reads of such a cookie, which the request has meanwhile; null in a request that has no session. */
    public static <T extends @Nullable Object> @Nullable T show(RoutingContext context, String name, String value,
            Supplier<T> reader) {
        return context.response() instanceof SessionResponse response
                ? response.request().show(Cookie.cookie(name, value), reader)
                : null;
    }

    /** Has the browser remove such cookies of these names: what they say is in the session now, or they open nothing. */
    public static void done(RoutingContext context, Predicate<String> names) {
        if (context.response() instanceof SessionResponse response) {
            response.doneWithOldCookies(names);
        }
    }

    /** Whether the session takes the place of such cookies in a request. If not, mechanisms read and set them themselves. */
    public static boolean areReplaced(RoutingContext context) {
        return context.response() instanceof SessionResponse response && response.cookies() != MechanismCookies.NONE;
    }

    /** Tells the browser to remove those of these names that it has sent. */
    static void remove(HttpServerRequest request, MechanismCookies cookies, Predicate<String> removed) {
        for (String name : names(request, cookies)) {
            if (removed.test(name)) {
                MultiMap headers = request.response().headers();
                headers.add(HttpHeaders.SET_COOKIE, name + "=; Max-Age=0" + cookies.leftover(name));
                // Others must not lose their cookies by a stored copy of the response.
                CacheControl.forbidShared(headers);
            }
        }
    }

    /** Hides them in a request whose path has no sessions, where no mechanism may accept them. */
    static void hide(RoutingContext context, Exchange exchange) {
        HttpServerRequest request = context.request();
        if (exchange.cookies() == MechanismCookies.NONE || exchange.old() == QuarkusCookies.SHARE) {
            return;
        }
        Set<String> names = names(request, exchange.cookies());
        if (exchange.old() == QuarkusCookies.REFUSE && !names.isEmpty()) {
            remove(request, exchange.cookies(), ALL);
            // The application sets headers later.
            context.addHeadersEndHandler(none -> CacheControl.forbidShared(request.response().headers()));
        }
        for (String name : names) {
            request.response().removeCookies(name, false);
        }
    }

    private static Set<String> names(HttpServerRequest request, MechanismCookies cookies) {
        Set<String> names = new LinkedHashSet<>(0);
        if (request.headers().contains(HttpHeaders.COOKIE)) {
            for (Cookie cookie : request.cookies()) {
                if (cookies.owns(cookie.getName())) {
                    names.add(cookie.getName());
                }
            }
        }
        return names;
    }
}
