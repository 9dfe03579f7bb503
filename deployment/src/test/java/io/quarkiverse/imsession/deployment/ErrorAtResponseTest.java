package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.restassured.RestAssured;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;

/** An {@link Error} of the application when the response begins is answered, as an exception is. */
class ErrorAtResponseTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, Resolver.class);

    @Test
    void errorInAHandlerOfHeadersIsAnswered() {
        assertThat(statusOf("/headers")).isEqualTo(500);
    }

    @Test
    void errorInAResolverIsAnsweredAndItsTokenDoesNotLeave() {
        assertThat(statusOf("/token")).isEqualTo(500);
    }

    private static int statusOf(String path) {
        int patience = (int) Duration.ofMinutes(2).toMillis();
        return RestAssured.given().config(RestAssuredConfig.config()
                .httpClient(HttpClientConfig.httpClientConfig().setParam("http.socket.timeout", patience))).get(path)
                .statusCode();
    }

    @Singleton
    static class Routes {

        void register(@Observes Router router) {
            router.get("/headers").handler(context -> {
                context.response().headersEndHandler(end -> {
                    throw new AssertionError("a handler of the application");
                });
                context.end("delivered");
            });
            router.get("/token").handler(context -> {
                ImSession.of(context).set(SessionData.of("name", "anna"));
                context.end("delivered");
            });
        }
    }

    @Singleton
    static class Resolver implements SessionIdResolver {

        @Override
        public Set<String> tokens(HttpServerRequest request) {
            return Set.of();
        }

        @Override
        public void send(HttpServerRequest request, HttpServerResponse response, String token, Duration maxAge) {
            throw new AssertionError("a resolver of the application");
        }

        @Override
        public void remove(HttpServerRequest request, HttpServerResponse response) {
            throw new UnsupportedOperationException();
        }
    }
}
