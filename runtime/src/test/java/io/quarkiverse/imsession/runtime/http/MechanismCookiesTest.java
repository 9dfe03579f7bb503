package io.quarkiverse.imsession.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.config.SecurityConfig.QuarkusCookies;
import io.quarkiverse.imsession.runtime.session.RequestAccess;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.CookieImpl;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** A mechanism that keeps its user in a cookie "user", and asks for "seen" where there is no user. */
class MechanismCookiesTest {

    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        Router router = Router.router(vertx);
        RequestAccess requests = new RequestAccess(new MemorySessionStore(10, SessionLimits.NONE), vertx);
        router.route().order(Integer.MIN_VALUE).handler(new SessionFilter(router,
                new PathFilter(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of()), requests.loader(), null,
                new Exchange(
                        new CookieSessionIdResolver(new CookieAttributes("sid", "/", null, true, "Lax", false, false, true)),
                        requests.committer(), new ClientAttributes(false, false), new ClearSiteData(List.of()),
                        new Refusals(event -> {
                        }, null), MechanismCookies.all(List.of(new UserCookies(), new SecondCookies())),
                        QuarkusCookies.REFUSE, null)));
        router.route("/set").handler(context -> {
            context.response().addCookie(Cookie.cookie("user", "ada"));
            context.response().addCookie(Cookie.cookie("page", "/a"));
            context.response().addCookie(Cookie.cookie("theme", "dark"));
            context.end();
        });
        router.route("/set-and-get").handler(context -> {
            context.request().cookies();
            context.response().addCookie(Cookie.cookie("user", "ada"));
            context.end(seen(context));
        });
        router.route("/get").handler(context -> context.end(seen(context)));
        router.route("/expire").handler(context -> {
            context.response().addCookie(new CookieImpl("user", "").setMaxAge(0));
            context.end();
        });
        router.route("/remove").handler(context -> {
            assertThat(context.response().removeCookie("user")).isNull();
            context.end();
        });
        router.route("/remove-all").handler(context -> {
            assertThat(context.response().removeCookies("user")).isEmpty();
            context.end();
        });
        server = get(vertx.createHttpServer().requestHandler(router).listen(0));
    }

    private static String seen(RoutingContext context) {
        HttpServerRequest request = context.request();
        String map = text(request.cookieMap().values());
        assertThat(text(context.cookieMap().values())).isEqualTo(map);
        assertThat(context.cookieCount()).isEqualTo(request.cookies().size());
        request.cookieMap().forEach((name, cookie) -> {
            assertThat(request.getCookie(name)).isSameAs(cookie);
            assertThat(context.request().cookies(name)).contains(cookie);
        });
        assertThat(request.getCookie("user", null, null)).isSameAs(request.getCookie("user"));
        assertThat(request.getCookie("user", "other", null)).isNull();
        return map;
    }

    private static String text(Iterable<Cookie> cookies) {
        Set<String> texts = new TreeSet<>();
        cookies.forEach(cookie -> texts.add(cookie.getName() + "=" + cookie.getValue()));
        return texts.stream().filter(text -> !text.startsWith("sid=")).collect(Collectors.joining(","));
    }

    @AfterEach
    void stop() throws Exception {
        get(vertx.close());
    }

    @ParameterizedTest
    @EnumSource(names = { "HTTP_1_1", "HTTP_2" })
    void cookieOfAMechanismChangesTheSessionAndIsNotSent(HttpVersion version) throws Exception {
        HttpClientResponse set = send(version, "/set", "");
        assertThat(set.cookies()).hasSize(3).anyMatch(cookie -> cookie.startsWith("page=/a; HTTPOnly"))
                .anyMatch(cookie -> cookie.equals("theme=dark")).anyMatch(cookie -> cookie.startsWith("sid="));
        assertThat(body(version, "/get", sid(set))).isEqualTo("user=ada");
        assertThat(body(version, "/get", "a=b; a=c; page=/x; " + sid(set))).isEqualTo("a=b,user=ada");
    }

    @ParameterizedTest
    @EnumSource(names = { "HTTP_1_1", "HTTP_2" })
    void removedCookieEndsTheSessionInWhateverWayItIsRemoved(HttpVersion version) throws Exception {
        for (String path : List.of("/expire", "/remove", "/remove-all")) {
            String sid = sid(send(version, "/set", ""));
            HttpClientResponse removed = send(version, path, sid);
            assertThat(removed.cookies()).singleElement().satisfies(cookie -> assertThat(cookie).startsWith("sid=;"));
            assertThat(body(version, "/get", sid)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "HTTP_1_1", "HTTP_2" })
    void cookieThatAMechanismHasSetInFormerTimesIsHiddenAndTakenAway(HttpVersion version) throws Exception {
        assertThat(body(version, "/get", "user=bob; a=b")).isEqualTo("a=b");
        assertThat(send(version, "/get", "user=bob; user=eve; a=b").cookies()).containsExactly("user=; Max-Age=0; Path=/old");
        String sid = sid(send(version, "/set", ""));
        assertThat(body(version, "/get", "user=bob; " + sid)).isEqualTo("user=ada");
        assertThat(send(version, "/get", sid).cookies()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = { "HTTP_1_1", "HTTP_2" })
    void cookieOfTwoMechanismsIsToldBothAndSeenMeanwhileOnly(HttpVersion version) throws Exception {
        HttpClientResponse set = send(version, "/set-and-get", "");
        assertThat(set.headers().get("Seen")).isEqualTo("ada");
        assertThat(get(set.body()).toString()).isEmpty();
        assertThat(body(version, "/get", sid(set))).isEqualTo("user=ada");
    }

    private static String sid(HttpClientResponse response) {
        String cookie = response.cookies().stream().filter(text -> text.startsWith("sid=")).findFirst().orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private String body(HttpVersion version, String path, String cookies) throws Exception {
        return get(request(version, path, cookies)
                .compose(response -> response.body().map(body -> response.statusCode() + body.toString()))).substring(3);
    }

    private HttpClientResponse send(HttpVersion version, String path, String cookies) throws Exception {
        return get(request(version, path, cookies));
    }

    private Future<HttpClientResponse> request(HttpVersion version, String path, String cookies) {
        return vertx.createHttpClient(new HttpClientOptions().setProtocolVersion(version))
                .request(HttpMethod.GET, server.actualPort(), "localhost", path)
                .compose(request -> request.putHeader("Cookie", cookies).send());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static final class UserCookies implements MechanismCookies {

        @Override
        public boolean owns(String name) {
            return name.equals("user");
        }

        @Override
        public Map<String, String> given(RequestSession session, HttpServerRequest request) {
            return session.data().get("user", String.class).map(user -> Map.of("user", user)).orElse(Map.of());
        }

        @Override
        public boolean hides(String name, HttpServerRequest request) {
            return name.equals("page");
        }

        @Override
        public void set(RoutingContext context, RequestSession session, String name, String value) {
            session.set(SessionData.of("user", value));
        }

        @Override
        public void removed(RoutingContext context, RequestSession session, String name) {
            session.destroy();
        }

        @Override
        public void adjust(Cookie cookie) {
            if (cookie.getName().equals("page")) {
                cookie.setHttpOnly(true);
            }
        }

        @Override
        public String leftover(String name) {
            return "; Path=/old";
        }
    }

    /** Another mechanism with a cookie of the same name. */
    private static final class SecondCookies implements MechanismCookies {

        @Override
        public boolean owns(String name) {
            return name.equals("user");
        }

        @Override
        public void set(RoutingContext context, RequestSession session, String name, String value) {
            context.response().putHeader("Seen", context.request().getCookie(name).getValue());
        }
    }
}
