package io.quarkiverse.imsession.runtime.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.CookieImpl;

/**
 * The cookies of a request as mechanisms of Quarkus and the application see them: those that are given, and those of the
 * browser but for the owned ones. A given cookie is in no jar, so mechanisms may change it.
 */
final class RequestCookies {

    private final Map<String, List<Cookie>> cookies = new LinkedHashMap<>();

    /** Whether the request is the answer of a provider, by the cookies that the browser has sent: mechanisms change them. */
    private final boolean isAnswer;

    private RequestCookies(boolean isAnswer) {
        this.isAnswer = isAnswer;
    }

    /** @param request the request with the cookies that the browser has sent */
    static RequestCookies of(HttpServerRequest request, RequestSession session, MechanismCookies owner) {
        RequestCookies all = new RequestCookies(owner.isAnswer(request));
        Map<String, String> given = all.isAnswer ? Map.of() : owner.given(session, request);
        given.forEach((name, value) -> all.add(new CookieImpl(name, value)));
        for (Cookie cookie : request.cookies()) {
            String name = cookie.getName();
            boolean hidden = given.containsKey(name) || owner.owns(name)
                    || !given.isEmpty() && owner.hides(name, request);
            if (!hidden) {
                all.add(cookie);
            }
        }
        return all;
    }

    /** These cookies, with another one in place of those of its name. */
    RequestCookies with(Cookie cookie) {
        RequestCookies all = new RequestCookies(isAnswer);
        all.cookies.putAll(cookies);
        all.cookies.put(cookie.getName(), List.of(cookie));
        return all;
    }

    boolean isAnswer() {
        return isAnswer;
    }

    private void add(Cookie cookie) {
        cookies.computeIfAbsent(cookie.getName(), name -> new ArrayList<>(1)).add(cookie);
    }

    /** The first cookie of a name, or null. */
    @Nullable
    Cookie get(String name) {
        List<Cookie> found = cookies.get(name);
        return found == null ? null : found.get(0);
    }

    @Nullable
    Cookie get(String name, @Nullable String domain, @Nullable String path) {
        for (Cookie cookie : cookies.getOrDefault(name, List.of())) {
            if (Objects.equals(domain, cookie.getDomain()) && Objects.equals(path, cookie.getPath())) {
                return cookie;
            }
        }
        return null;
    }

    Set<Cookie> all(String name) {
        return new LinkedHashSet<>(cookies.getOrDefault(name, List.of()));
    }

    Set<Cookie> all() {
        Set<Cookie> all = new LinkedHashSet<>();
        cookies.values().forEach(all::addAll);
        return all;
    }

    /** The first cookie of each name. */
    Map<String, Cookie> map() {
        Map<String, Cookie> map = new LinkedHashMap<>();
        cookies.forEach((name, found) -> map.put(name, found.get(0)));
        return map;
    }
}
