package io.quarkiverse.imsession.runtime.http;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Takes the cookies that mechanisms of Quarkus own out of a response: they change the session instead. */
abstract class MechanismResponse extends GatedResponse {

    private final MechanismCookies cookies;
    /** The context that handles the request now; a request is routed anew when it is dispatched again. */
    private volatile @Nullable RoutingContext routed;

    MechanismResponse(HttpServerResponse delegate, @Nullable ListenedResponse replaced, MechanismCookies cookies) {
        super(delegate, replaced);
        this.cookies = cookies;
    }

    abstract RequestSession session();

    /** The request that the application sees. */
    abstract SessionRequest request();

    final MechanismCookies cookies() {
        return cookies;
    }

    final void routed(RoutingContext context) {
        routed = context;
    }

    /** Tells the browser to remove owned cookies that it has sent: mechanisms have set them in former times. */
    final void removeLeftovers(HttpServerRequest request) {
        if (cookies == MechanismCookies.NONE || !request.headers().contains(HttpHeaders.COOKIE)) {
            return;
        }
        Set<String> removed = new HashSet<>(0);
        for (Cookie cookie : request.cookies()) {
            String name = cookie.getName();
            if (cookies.owns(name) && removed.add(name)) {
                String attributes = cookies.leftover(name);
                if (attributes != null) {
                    request.response().headers().add(HttpHeaders.SET_COOKIE, name + "=; Max-Age=0" + attributes);
                }
            }
        }
    }

    private boolean owns(String name) {
        return cookies.owns(name) && routed != null;
    }

    @Override
    public HttpServerResponse addCookie(Cookie cookie) {
        if (!owns(cookie.getName())) {
            cookies.adjust(cookie);
            return super.addCookie(cookie);
        }
        checkHead();
        if (isRemoval(cookie)) {
            removed(cookie.getName());
        } else {
            request().show(cookie, () -> cookies.set(routed, session(), cookie.getName(), cookie.getValue()));
        }
        return this;
    }

    private static boolean isRemoval(Cookie cookie) {
        return cookie.getValue() == null || cookie.getValue().isEmpty() || cookie.getMaxAge() == 0;
    }

    private void removed(String name) {
        cookies.removed(routed, session(), name);
    }

    @Override
    public @Nullable Cookie removeCookie(String name) {
        return removeCookie(name, true);
    }

    @Override
    public @Nullable Cookie removeCookie(String name, boolean invalidate) {
        if (!owns(name)) {
            return super.removeCookie(name, invalidate);
        }
        removed(name);
        return null;
    }

    @Override
    public @Nullable Cookie removeCookie(String name, String domain, String path) {
        return removeCookie(name, domain, path, true);
    }

    @Override
    public @Nullable Cookie removeCookie(String name, String domain, String path, boolean invalidate) {
        if (!owns(name)) {
            return super.removeCookie(name, domain, path, invalidate);
        }
        removed(name);
        return null;
    }

    @Override
    public Set<Cookie> removeCookies(String name) {
        return removeCookies(name, true);
    }

    @Override
    public Set<Cookie> removeCookies(String name, boolean invalidate) {
        if (!owns(name)) {
            return super.removeCookies(name, invalidate);
        }
        removed(name);
        return Set.of();
    }
}
