package io.quarkiverse.imsession.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.session.RequestAccess;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Sessions that a commit has stored, and whose token no client gets. They would count against limits. */
class CommittedForNobodyTest {

    private final Vertx vertx = Vertx.vertx();
    private final MemorySessionStore store = new MemorySessionStore(10, SessionLimits.NONE);
    private final CompletableFuture<Void> committed = new CompletableFuture<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        Router router = Router.router(vertx);
        RequestAccess requests = new RequestAccess(store, vertx);
        router.route().order(Integer.MIN_VALUE).handler(new SessionFilter(router,
                new PathFilter(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of()), requests.loader(), null,
                new Exchange(
                        new CookieSessionIdResolver(new CookieAttributes("sid", "/", null, true, "Lax", true, false, true)),
                        requests.committer(), new ClientAttributes(false, false), new ClearSiteData(List.of()),
                        new Refusals(event -> {
                        }, null))));
        router.route("/answer").handler(context -> commit(context, () -> context.end("stored")));
        router.route("/wait").handler(context -> commit(context, () -> {
        }));
        router.route("/close").handler(context -> commit(context, () -> context.response().close()));
        router.route("/reset").handler(context -> commit(context, () -> context.response().reset(8)));
        server = get(vertx.createHttpServer().requestHandler(router).listen(0));
    }

    private void commit(RoutingContext context, Runnable then) {
        ImSession session = ImSession.of(context);
        session.set(SessionData.of("a", 1));
        session.commit().subscribe().with(data -> {
            committed.complete(null);
            then.run();
        }, context::fail);
    }

    @AfterEach
    void stop() throws Exception {
        get(vertx.close());
    }

    @ParameterizedTest
    @EnumSource(names = { "HTTP_1_1", "HTTP_2" })
    void sessionStaysIfItsResponseIsSent(HttpVersion version) throws Exception {
        HttpClient client = client(version);
        String cookie = get(request(client, "/answer").compose(HttpClientRequest::send)
                .compose(response -> response.body().map(body -> response.getHeader("Set-Cookie"))));
        assertThat(cookie).startsWith("sid=");
        get(client.close());
        Awaitility.await().during(200, TimeUnit.MILLISECONDS).until(() -> store.count() == 1);
    }

    @ParameterizedTest
    @EnumSource(names = { "HTTP_1_1", "HTTP_2" })
    void sessionEndsIfItsClientLeavesBeforeTheResponse(HttpVersion version) throws Exception {
        HttpClientRequest request = get(request(client(version), "/wait"));
        request.send();
        committed.get(20, TimeUnit.SECONDS);
        assertThat(store.count()).isEqualTo(1);
        request.reset();
        Awaitility.await().until(() -> store.count() == 0);
    }

    @ParameterizedTest
    @EnumSource(names = { "HTTP_1_1", "HTTP_2" })
    void sessionEndsIfTheApplicationGivesTheResponseUp(HttpVersion version) throws Exception {
        for (String path : List.of("/close", "/reset")) {
            CompletableFuture<?> answered = request(client(version), path).compose(HttpClientRequest::send)
                    .toCompletionStage().toCompletableFuture();
            Awaitility.await().until(answered::isCompletedExceptionally);
            assertThat(committed).isCompleted();
            Awaitility.await().until(() -> store.count() == 0);
        }
    }

    private HttpClient client(HttpVersion version) {
        return vertx.createHttpClient(new HttpClientOptions().setProtocolVersion(version));
    }

    private Future<HttpClientRequest> request(HttpClient client, String path) {
        return client.request(HttpMethod.POST, server.actualPort(), "localhost", path);
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
