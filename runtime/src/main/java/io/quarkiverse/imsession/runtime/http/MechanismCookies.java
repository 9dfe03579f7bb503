package io.quarkiverse.imsession.runtime.http;

import java.util.List;
import java.util.Map;

import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * The cookies by which mechanisms of Quarkus keep log-ins. They do not leave the server: a mechanism sees cookies that are made
 * from the session, and what it sets or removes changes the session.
 */
public interface MechanismCookies {

    /** No mechanism keeps log-ins by cookies. */
    MechanismCookies NONE = new MechanismCookies() {
    };

    /** The cookies of several mechanisms. */
    static MechanismCookies all(List<MechanismCookies> all) {
        return AllMechanismCookies.of(all);
    }

    /** Whether a cookie of this name is one of them. Called for each cookie that is set, and for those of the request. */
    default boolean owns(String name) {
        return false;
    }

    /**
     * The values that mechanisms see, by the names of cookies. Called at most once for each request, when its cookies are asked
     * for.
     *
     * @param request the request with the cookies that the browser has sent
     */
    default Map<String, String> given(RequestSession session, HttpServerRequest request) {
        return Map.of();
    }

    /**
     * Whether a request is the answer of a provider to a log-in that this browser has begun. Such a request comes from another
     * site, and proves itself by a value that this browser has in a cookie. Mechanisms see no session in it, as they would not
     * look at the answer beside one. A user who has to log in again keeps the old tokens until then.
     *
     * @param request the request with the cookies that the browser has sent
     */
    default boolean isAnswer(HttpServerRequest request) {
        return false;
    }

    /** Whether a mechanism logs its user out if a request of any method has this path. */
    default boolean isLogOut(String path) {
        return false;
    }

    /**
     * Whether a cookie that is not owned is hidden beside given ones, as a mechanism would look at it instead of them.
     *
     * @param request the request with the cookies that the browser has sent
     */
    default boolean hides(String name, HttpServerRequest request) {
        return false;
    }

    /** A mechanism has set an owned cookie. It is not sent. Meanwhile the request has the cookie. */
    default void set(RoutingContext context, RequestSession session, String name, String value) {
    }

    /** A mechanism has removed an owned cookie. The removal is not sent. */
    default void removed(RoutingContext context, RequestSession session, String name) {
    }

    /** Changes a cookie that is not owned before it is sent. */
    default void adjust(Cookie cookie) {
    }

    /**
     * The attributes by which a browser removes an owned cookie that the mechanism itself has set in former times, as they
     * follow the value in {@code Set-Cookie}.
     */
    default String leftover(String name) {
        return "; Path=/";
    }
}
