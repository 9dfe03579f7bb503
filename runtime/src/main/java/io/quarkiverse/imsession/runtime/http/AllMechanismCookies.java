package io.quarkiverse.imsession.runtime.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** The cookies of several mechanisms. Each room that keeps log-ins of a mechanism in the session adds its own. */
final class AllMechanismCookies implements MechanismCookies {

    private final List<MechanismCookies> all;

    private AllMechanismCookies(List<MechanismCookies> all) {
        this.all = List.copyOf(all);
    }

    static MechanismCookies of(List<MechanismCookies> all) {
        return switch (all.size()) {
            case 0 -> NONE;
            case 1 -> all.get(0);
            default -> new AllMechanismCookies(all);
        };
    }

    @Override
    public boolean owns(String name) {
        return owner(name) != NONE;
    }

    private MechanismCookies owner(String name) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).owns(name)) {
                return all.get(i);
            }
        }
        return NONE;
    }

    @Override
    public Map<String, String> given(RequestSession session, HttpServerRequest request) {
        Map<String, String> given = new LinkedHashMap<>();
        all.forEach(cookies -> given.putAll(cookies.given(session, request)));
        return given;
    }

    @Override
    public boolean isAnswer(HttpServerRequest request) {
        return all.stream().anyMatch(cookies -> cookies.isAnswer(request));
    }

    @Override
    public boolean isLogOut(String path) {
        return all.stream().anyMatch(cookies -> cookies.isLogOut(path));
    }

    @Override
    public boolean hides(String name, HttpServerRequest request) {
        return all.stream().anyMatch(cookies -> cookies.hides(name, request));
    }

    /** Two mechanisms may have cookies of one name. Each knows its own. */
    @Override
    public void set(RoutingContext context, RequestSession session, String name, String value) {
        all.stream().filter(cookies -> cookies.owns(name)).forEach(cookies -> cookies.set(context, session, name, value));
    }

    @Override
    public void removed(RoutingContext context, RequestSession session, String name) {
        all.stream().filter(cookies -> cookies.owns(name)).forEach(cookies -> cookies.removed(context, session, name));
    }

    @Override
    public void adjust(Cookie cookie) {
        all.forEach(cookies -> cookies.adjust(cookie));
    }

    @Override
    public String leftover(String name) {
        return owner(name).leftover(name);
    }
}
