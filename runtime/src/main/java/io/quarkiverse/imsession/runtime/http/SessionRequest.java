package io.quarkiverse.imsession.runtime.http;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.net.NetSocket;

/**
 * A request whose response waits until the session is stored. An upgrade waits too, as the session cannot be stored after the
 * client has left HTTP.
 */
final class SessionRequest extends PeekableRequest {

    private final SessionResponse response;
    /** The cookies that mechanisms and the application see; null until they are asked for. */
    private volatile @Nullable RequestCookies cookies;

    /**
     * @param ambiguous whether it carries several different tokens
     * @param refusal the reason why it is refused, before or after the application has handled it; null if it is not refused
     * @param replaced the response of the application that is replaced; null if there is none
     */
    SessionRequest(HttpServerRequest delegate, RequestSession session, boolean ambiguous, SessionFilter filter,
            @Nullable RequestRefusedException refusal, @Nullable SessionResponse replaced) {
        super((HttpServerRequestInternal) delegate);
        this.response = new SessionResponse(delegate, this, session, ambiguous, filter, refusal, replaced);
    }

    @Override
    public SessionResponse response() {
        return response;
    }

    /** Null if mechanisms see the cookies as the browser has sent them. */
    private @Nullable RequestCookies seen() {
        MechanismCookies owner = response.cookies();
        if (owner == MechanismCookies.NONE) {
            return null;
        }
        RequestCookies seen = cookies;
        if (seen == null) {
            seen = RequestCookies.of(delegate, response.session(), owner);
            cookies = seen;
        }
        return seen;
    }

    /** Whether this is the answer of a provider to a log-in, see {@link MechanismCookies#isAnswer}. */
    boolean isAnswer() {
        RequestCookies seen = seen();
        return seen != null && seen.isAnswer();
    }

    /** Whether it logs its user out, see {@link MechanismCookies#isLogOut}. */
    boolean isLogOut() {
        return response.cookies().isLogOut(delegate.path());
    }

    /** As {@link #seen()}, but Quarkus asks its own request for a cookie of this name to find that request. */
    private @Nullable RequestCookies seen(String name) {
        return name.equals(QuarkusRequestWrapper.FAKE_COOKIE_NAME) ? null : seen();
    }

    /** The value of a cookie as the browser has sent it; null if it has sent none of this name. */
    @Nullable
    String sent(String name) {
        Cookie cookie = delegate.getCookie(name);
        return cookie == null ? null : cookie.getValue();
    }

    /** What a mechanism reads, while the request has a cookie. */
    <T extends @Nullable Object> T show(Cookie cookie, Supplier<T> reader) {
        RequestCookies before = seen();
        cookies = before == null ? null : before.with(cookie);
        try {
            return reader.get();
        } finally {
            cookies = before;
        }
    }

    @Override
    public @Nullable Cookie getCookie(String name) {
        RequestCookies seen = seen(name);
        return seen == null ? super.getCookie(name) : seen.get(name);
    }

    @Override
    public @Nullable Cookie getCookie(String name, String domain, String path) {
        RequestCookies seen = seen(name);
        return seen == null ? super.getCookie(name, domain, path) : seen.get(name, domain, path);
    }

    @Override
    public Set<Cookie> cookies(String name) {
        RequestCookies seen = seen(name);
        return seen == null ? super.cookies(name) : seen.all(name);
    }

    @Override
    public Set<Cookie> cookies() {
        RequestCookies seen = seen();
        return seen == null ? super.cookies() : seen.all();
    }

    @Override
    public int cookieCount() {
        return cookies().size();
    }

    /** The first cookie of each name: the default fails if a browser sends two of a name. */
    @Override
    public Map<String, Cookie> cookieMap() {
        RequestCookies seen = seen();
        return seen == null ? super.cookieMap() : seen.map();
    }

    /** Only the router calls this, and it has already checked the original request. */
    @Override
    public boolean isValidAuthority() {
        return true;
    }

    @Override
    public Future<ServerWebSocket> toWebSocket() {
        return response.beforeUpgrade(super::toWebSocket);
    }

    @Override
    public Future<NetSocket> toNetSocket() {
        return response.beforeUpgrade(super::toNetSocket);
    }
}
