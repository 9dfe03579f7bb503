package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.logging.Level;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.PageRequest;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Scan;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.restassured.response.Response;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;

/** Store and resolver of an application whose exceptions repeat what they were given. */
@Timeout(120)
class ForeignMessagesTest {

    private static final String TOKEN = "a".repeat(22) + "." + "b".repeat(32);

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, Broken.class, Broken.How.class, Resolver.class, Administration.class)
            .config("quarkus.imsession.references.\"user\".indexed", "true")
            .logs(Level.FINE, ForeignMessagesTest::noMessageOfOthersIsLogged);

    @Inject
    Broken broken;

    @ParameterizedTest
    @ValueSource(strings = { "/read", "/set?name=secret-data", "/update?name=secret-data", "/destroy", "/admin/get",
            "/admin/get-fields", "/admin/update", "/admin/unset", "/admin/touch", "/admin/end", "/admin/list",
            "/admin/list-all", "/admin/list-after",
            "/admin/stream", "/admin/stream-all", "/admin/count", "/admin/count-all", "/admin/end-user", "/admin/end-others",
            "/admin/end-all" })
    void aStoreThatFailsHoweverItWantsIsAFailureAndNothingOfItsMessagesGetsOut(String path) {
        for (Broken.How how : Broken.How.values()) {
            broken.how = how;
            String token = path.startsWith("/admin") ? null : TOKEN;
            Response response = Client.get(path, token);
            assertThat(response.statusCode()).as("%s %s", how, path).isIn(500, 503);
            assertThat(response.asString()).as("%s %s", how, path).doesNotContain("secret-data");
        }
    }

    @Test
    void aResolverThatFailsIsAFailureAndNothingOfItsMessagesGetsOut() {
        Response response = Client.request(TOKEN).header("X-Fail", "tokens").get("/read");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.asString()).isEqualTo("The session token could not be read.");
    }

    @Test
    void aResolverThatCannotTellWhetherItsTokenIsSentByItselfLetsNoRequestOfAnotherSitePass() {
        Client.request(null).header("X-Fail", "isAmbient").header("Sec-Fetch-Site", "cross-site").post("/set?name=x")
                .then().statusCode(403);
    }

    @Test
    void linesThatStrangersCauseAreLimitedInRate() {
        broken.how = Broken.How.FAILS;
        for (int i = 0; i < 100; i++) {
            Client.get("/read", TOKEN).then().statusCode(503);
            Client.request(TOKEN).header("X-Fail", "tokens").get("/read").then().statusCode(500);
        }
    }

    private static void noMessageOfOthersIsLogged(List<String> lines) {
        assertThat(lines).noneMatch(line -> line.contains("secret-data"));
        assertThat(lines).filteredOn(line -> line.matches("(?s)Session a{22} could not be loaded: .*")).hasSizeBetween(1, 60);
        assertThat(lines).filteredOn(line -> line.matches("(?s).*Resolver.* could not read the token of a request.*"))
                .hasSizeBetween(1, 60);
    }

    /** Its proxy has all methods, also those that others inherit. */
    @Singleton
    public static class Broken {

        enum How {
            THROWS,
            THROWS_AN_ERROR,
            FAILS,
            FAILS_WITH_AN_ARGUMENT,
            FAILS_AS_IT_SHOULD,
            HAS_NO_STAGE
        }

        volatile How how = How.FAILS;

        @Produces
        @Singleton
        IndexedSessionStore store() {
            return (IndexedSessionStore) Proxy.newProxyInstance(getClass().getClassLoader(),
                    new Class<?>[] { IndexedSessionStore.class }, (proxy, method, arguments) -> {
                        if (method.getDeclaringClass() == Object.class) {
                            return method.invoke(this, arguments);
                        }
                        if (method.getReturnType() == boolean.class) {
                            // It is asked at the start what it can do.
                            return true;
                        }
                        IllegalStateException failure = new IllegalStateException("secret-data",
                                new IllegalArgumentException("secret-data"));
                        return switch (how) {
                            case THROWS -> throw failure;
                            case THROWS_AN_ERROR -> throw new AssertionError("secret-data", failure);
                            case FAILS -> failed(method, failure);
                            case FAILS_WITH_AN_ARGUMENT -> failed(method, new IllegalArgumentException("secret-data", failure));
                            case FAILS_AS_IT_SHOULD -> {
                                SessionStoreException own = new SessionStoreException("The database is down", failure);
                                own.addSuppressed(failure);
                                yield failed(method, own);
                            }
                            case HAS_NO_STAGE -> null;
                        };
                    });
        }
    }

    private static Object failed(Method method, Throwable failure) {
        return Scan.class.isAssignableFrom(method.getReturnType()) ? (Scan) () -> CompletableFuture.failedFuture(failure)
                : CompletableFuture.failedFuture(failure);
    }

    @Singleton
    public static class Resolver implements SessionIdResolver {

        @Inject
        @Identifier("cookie")
        SessionIdResolver cookie;

        @Override
        public Set<String> tokens(HttpServerRequest request) {
            failAt("tokens", request);
            return cookie.tokens(request);
        }

        @Override
        public boolean isAmbient(HttpServerRequest request) {
            failAt("isAmbient", request);
            return cookie.isAmbient(request);
        }

        private static void failAt(String method, HttpServerRequest request) {
            if (method.equals(request.getHeader("X-Fail"))) {
                throw new IllegalStateException("secret-data");
            }
        }

        @Override
        public void send(HttpServerRequest request, HttpServerResponse response, String token, Duration maxAge) {
            cookie.send(request, response, token, maxAge);
        }

        @Override
        public void remove(HttpServerRequest request, HttpServerResponse response) {
            cookie.remove(request, response);
        }
    }

    @Singleton
    public static class Administration {

        private static final SessionId ID = new SessionId("a".repeat(22));

        @Inject
        ImSessions sessions;

        void register(@Observes Router router) {
            route(router, "get", all -> all.get(ID));
            route(router, "get-fields", all -> all.get(ID, Set.of("name")));
            route(router, "update", all -> all.update(ID, SessionData.of("name", "secret-data")));
            route(router, "unset", all -> all.unset(ID, "name"));
            route(router, "touch", all -> all.touch(ID));
            route(router, "end", all -> all.destroy(ID));
            route(router, "list", all -> all.list("user", "secret-data", 10));
            route(router, "list-all", all -> all.list(PageRequest.ofSize(10)));
            route(router, "list-after", all -> all.list("user", "secret-data", PageRequest.ofSize(10).after("secret-data")));
            route(router, "stream", all -> all.stream("user", "secret-data").count());
            route(router, "stream-all", all -> all.stream().count());
            route(router, "count", all -> all.count("user", "secret-data"));
            route(router, "count-all", ImSessions::count);
            route(router, "end-user", all -> all.destroyAll("user", "secret-data"));
            route(router, "end-others", all -> all.destroyOthers("user", "secret-data", ID));
            route(router, "end-all", ImSessions::destroyEverySession);
        }

        /** What fails is left to Quarkus, which logs it. */
        private void route(Router router, String name, Consumer<ImSessions> call) {
            router.get("/admin/" + name).blockingHandler(context -> {
                call.accept(sessions);
                context.response().end();
            });
        }
    }
}
