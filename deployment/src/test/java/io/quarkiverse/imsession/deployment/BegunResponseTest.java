package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.restassured.response.Response;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** A response has begun for the application, though its session is not stored yet. */
class BegunResponseTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(HeadRoutes.class, HeldStore.class);

    @ParameterizedTest
    @ValueSource(strings = { "status", "message", "chunked", "header", "sequence", "headers", "sequences", "cookie" })
    void itsHeadCannotBeChangedAsIfThereWereNoSession(String what) {
        Response response = Client.get("/begun/" + what + "?store=works", null);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.asString()).isEqualTo("begun, Response head already sent");
        assertThat(response.header("X-Late")).isNull();
        assertThat(response.headers().getValues("Set-Cookie")).hasSize(1);
        assertThat(Client.get("/begun/" + what + "?session=none", null).asString())
                .isEqualTo("begun, Response head already sent");
    }

    @ParameterizedTest
    @ValueSource(strings = { "status", "header", "cookie" })
    void norCanThatOfTheAnswerInItsPlace(String what) {
        Response response = Client.get("/begun/" + what + "?store=fails", null);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.header("X-Late")).isNull();
        assertThat(response.headers().getValues("Set-Cookie")).isEmpty();
    }

    @Singleton
    public static class HeadRoutes {

        private static final Map<String, Consumer<HttpServerResponse>> CHANGES = Map.of(
                "status", response -> response.setStatusCode(500),
                "message", response -> response.setStatusMessage("Late"),
                "chunked", response -> response.setChunked(false),
                "header", response -> response.putHeader("X-Late", "1"),
                "sequence", response -> response.putHeader((CharSequence) "X-Late", "1"),
                "headers", response -> response.putHeader("X-Late", List.<String> of("1")),
                "sequences", response -> response.putHeader((CharSequence) "X-Late", List.<CharSequence> of("1")),
                "cookie", response -> response.addCookie(Cookie.cookie("late", "1")));

        @Inject
        HeldStore store;

        void register(@Observes Router router) {
            router.get("/begun/:what").handler(this::begin);
        }

        private void begin(RoutingContext context) {
            String works = context.request().getParam("store");
            if (works != null) {
                store.hold();
                ImSession.of(context).set(SessionData.of("name", "anna"));
            }
            HttpServerResponse response = context.response();
            response.setChunked(true).write("begun, ");
            String refusal = refusal(context.pathParam("what"), response);
            if (works != null) {
                store.release(works.equals("works"));
                refusal = works.equals("works") ? refusal : refusal(context.pathParam("what"), response);
            }
            response.end(refusal);
        }

        private static String refusal(String what, HttpServerResponse response) {
            try {
                CHANGES.get(what).accept(response);
                return "changed";
            } catch (IllegalStateException e) {
                return e.getMessage();
            }
        }
    }
}
