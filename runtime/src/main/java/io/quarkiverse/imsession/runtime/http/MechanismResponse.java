package io.quarkiverse.imsession.runtime.http;

import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.config.SecurityConfig.QuarkusCookies;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Takes the cookies that mechanisms of Quarkus own out of a response: they change the session instead. */
abstract class MechanismResponse extends GatedResponse {

    private final MechanismCookies cookies;
    /** The names of owned cookies that the browser has of the time before sessions, and that nobody needs any more. */
    private volatile Predicate<String> done;
    /** The context that handles the request now; a request is routed anew when it is dispatched again. */
    private volatile @Nullable RoutingContext routed;

    /** @param old what becomes of cookies that the browser has of the time before sessions */
    MechanismResponse(HttpServerResponse delegate, @Nullable ListenedResponse replaced, MechanismCookies cookies,
            QuarkusCookies old) {
        super(delegate, replaced);
        this.cookies = cookies;
        this.done = old == QuarkusCookies.REFUSE ? OldCookies.ALL : OldCookies.NONE;
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

    /** Nobody needs the owned cookies of these names any more that the browser has of the time before sessions. */
    final void doneWithOldCookies(Predicate<String> names) {
        done = done.or(names);
    }

    /** Tells the browser to remove owned cookies that it has sent, unless they have not become a session yet. */
    final void removeOldCookies(HttpServerRequest request) {
        if (cookies != MechanismCookies.NONE) {
            OldCookies.remove(request, cookies, session().login() != null ? OldCookies.ALL : done);
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
            request().show(cookie, () -> {
                cookies.set(routed, session(), cookie.getName(), cookie.getValue());
                return null;
            });
        }
        return this;
    }

    private static boolean isRemoval(Cookie cookie) {
        return cookie.getValue() == null || cookie.getValue().isEmpty() || cookie.getMaxAge() == 0;
    }

    private void removed(String name) {
        // A user who logs out of a session is not logged in again by the cookie of another mechanism.
        doneWithOldCookies(session().wasLoggedIn() ? OldCookies.ALL : name::equals);
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
