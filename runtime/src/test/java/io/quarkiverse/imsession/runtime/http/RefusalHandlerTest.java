package io.quarkiverse.imsession.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.Refused;
import io.quarkiverse.imsession.SessionEvent.Refused.Reason;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.session.RequestAccess;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.test.UnsupportedStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Answers to refused requests where there are no exception mappers, with a router of Vert.x and no Quarkus. */
class RefusalHandlerTest {

    private static final SessionId ID = new SessionId("A".repeat(22));
    private static final String COOKIE = "sid=" + ID + "." + "B".repeat(32);
    private static final String TEXT = "The session store is unavailable. Please try again.";

    private static final String ORIGIN = "https://app.example.org";

    private static final List<SessionEvent> EVENTS = new CopyOnWriteArrayList<>();
    private static final Vertx VERTX = Vertx.vertx();
    private static HttpServer server;

    @BeforeAll
    static void start() throws Exception {
        Router router = Router.router(VERTX);
        RequestAccess requests = new RequestAccess(new BrokenStore());
        Refusals refusals = new Refusals(EVENTS::add,
                context -> context.response().putHeader("Access-Control-Allow-Origin", ORIGIN));
        router.route().order(Integer.MIN_VALUE).handler(new SessionFilter(router,
                new PathFilter(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of()), requests.loader(), null,
                new Exchange(
                        new CookieSessionIdResolver(new CookieAttributes("sid", "/", null, true, "Lax", true, false, true)),
                        requests.committer(), new ClientAttributes(false, false), new ClearSiteData(List.of()), refusals)));
        router.route("/fails").failureHandler(RefusalHandlerTest::fail);
        router.route("/fails-late").failureHandler(RefusalHandlerTest::failLate);
        router.route("/passes").failureHandler(RoutingContext::next);
        router.route("/answers").failureHandler(context -> context.response().putHeader("Content-Type", "text/x").end("Later"));
        router.route("/answers-own").failureHandler(context -> context.response().putHeader("Content-Type", "text/x")
                .putHeader("Cache-Control", "private").putHeader("Retry-After", "30").end("Later"));
        router.route("/throws").failureHandler(context -> {
            throw new IllegalStateException("No template");
        });
        router.route("/commit").handler(context -> {
            context.response().putHeader("Content-Length", "7");
            context.fail(new SessionStoreException("Out of order"));
        });
        router.route("/commit-late").handler(context -> context.response().setChunked(true).write("begun")
                .onComplete(written -> context.fail(new SessionStoreException("Out of order"))));
        router.route().handler(context -> context.response().end("application"));
        router.route().last().failureHandler(new RefusalHandler(null));
        server = get(VERTX.createHttpServer().requestHandler(router).listen(0));
    }

    private static void fail(RoutingContext context) {
        if (context.failure() instanceof RequestRefusedException) {
            context.response().putHeader("X-Page", "begun");
            context.fail(new IllegalStateException("No template"));
        } else {
            context.next();
        }
    }

    private static void failLate(RoutingContext context) {
        if (context.failure() instanceof RequestRefusedException) {
            context.response().setChunked(true).write("begun")
                    .onComplete(written -> context.fail(new IllegalStateException("No template")));
        } else {
            context.next();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        get(VERTX.close());
    }

    @ParameterizedTest
    @EnumSource(names = { "HTTP_1_1", "HTTP_2" })
    void requestThatNobodyAnswersGetsTheDefaultAnswer(HttpVersion version) throws Exception {
        for (String path : List.of("/", "/passes")) {
            EVENTS.clear();
            assertThat(send(version, HttpMethod.GET, path)).isEqualTo("503 text/plain; charset=utf-8, no-store, 1: " + TEXT);
            assertThat(send(version, HttpMethod.HEAD, path)).isEqualTo("503 text/plain; charset=utf-8, no-store, 1: ");
            assertThat(EVENTS).containsExactly(new Refused(Optional.of(ID), Reason.STORE),
                    new Refused(Optional.of(ID), Reason.STORE));
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "HTTP_1_1", "HTTP_2" })
    void requestThatARouteFailsWithARefusalGetsTheDefaultAnswer(HttpVersion version) throws Exception {
        assertThat(send(version, HttpMethod.GET, "/commit", "none=1", RefusalHandlerTest::tell))
                .isEqualTo("503 text/plain; charset=utf-8, no-store, 1: " + TEXT);
    }

    @ParameterizedTest
    @EnumSource(names = { "HTTP_1_1", "HTTP_2" })
    void requestThatTheApplicationFailsToAnswerGetsTheDefaultAnswer(HttpVersion version) throws Exception {
        assertThat(send(version, HttpMethod.GET, "/fails")).isEqualTo("503 text/plain; charset=utf-8, no-store, 1: " + TEXT);
    }

    @ParameterizedTest
    @EnumSource(names = { "HTTP_1_1", "HTTP_2" })
    void answerOfTheApplicationIsNotKeptAndTellsWhenToTryAgainUnlessItSaysOtherwise(HttpVersion version) throws Exception {
        assertThat(send(version, HttpMethod.GET, "/answers")).isEqualTo("503 text/x, no-store, 1: Later");
        assertThat(send(version, HttpMethod.GET, "/answers-own")).isEqualTo("503 text/x, private, 30: Later");
    }

    @ParameterizedTest
    @EnumSource(names = { "HTTP_1_1", "HTTP_2" })
    void requestWhoseFailureHandlerThrowsIsAnswered(HttpVersion version) throws Exception {
        assertThat(send(version, HttpMethod.GET, "/throws")).startsWith("500 ");
    }

    @Test
    void answerThatTheApplicationHasBegunAndFailsToEndIsBrokenOff() {
        assertThatThrownBy(() -> send(HttpVersion.HTTP_1_1, HttpMethod.GET, "/fails-late")).hasMessageContaining("closed");
    }

    @Test
    void responseThatHasBegunAndIsFailedWithARefusalIsBrokenOff() {
        assertThatThrownBy(() -> send(HttpVersion.HTTP_1_1, HttpMethod.GET, "/commit-late", "none=1", RefusalHandlerTest::tell))
                .hasMessageContaining("closed");
    }

    private static String send(HttpVersion version, HttpMethod method, String path) throws Exception {
        return send(version, method, path, COOKIE, RefusalHandlerTest::tellRefused);
    }

    private static String send(HttpVersion version, HttpMethod method, String path, String cookie,
            Function<HttpClientResponse, Future<String>> tell) throws Exception {
        HttpClient client = VERTX.createHttpClient(new HttpClientOptions().setProtocolVersion(version));
        try {
            return get(client.request(method, server.actualPort(), "localhost", path).compose(request -> {
                // Before it is sent: what comes before somebody listens is lost.
                Future<String> told = request.response().compose(tell);
                request.putHeader("Cookie", cookie).end();
                return told;
            }));
        } finally {
            client.close();
        }
    }

    private static Future<String> tellRefused(HttpClientResponse response) {
        assertThat(response.getHeader("Set-Cookie")).isNull();
        assertThat(response.getHeader("X-Page")).isNull();
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        return tell(response);
    }

    private static Future<String> tell(HttpClientResponse response) {
        return response.body()
                .map(body -> response.statusCode() + " " + response.getHeader("Content-Type") + ", "
                        + response.getHeader("Cache-Control") + ", " + response.getHeader("Retry-After") + ": " + body);
    }

    private static <T> T get(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static final class BrokenStore implements UnsupportedStore {

        @Override
        public CompletionStage<@Nullable StoredSession> load(SessionId id) {
            return CompletableFuture.failedFuture(new SessionStoreException("Out of order"));
        }
    }
}
