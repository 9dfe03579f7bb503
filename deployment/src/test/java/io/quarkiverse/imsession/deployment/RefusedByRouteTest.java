package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.SessionCommittedException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent.Refused.Reason;
import io.quarkiverse.imsession.deployment.FaultyStore.Fault;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The application answers with failure handlers of Vert.x, whatever layer the request was for. */
@Tag("further")
class RefusedByRouteTest extends RefusalsContract {

    @RegisterExtension
    static final TestApp APP = app(FailureHandlers.class);

    @Override
    String answer(Reason reason, String user) {
        return reason + ": " + user;
    }

    @Test
    void answerMayBeThatOfAnotherPath() {
        String session = Client.login("name", "ada");
        assertThat(told(send("POST", "rerouted", session, "Sec-Fetch-Site", "cross-site"))).isEqualTo("403 page of ada");
        store.with(Fault.COMMIT, () -> assertThat(told(get("rerouted", session))).isEqualTo("503 page of ada"));
    }

    @Test
    void answerMayComeLater() {
        String session = Client.login("name", "ada");
        assertThat(told(send("POST", "later", session, "Sec-Fetch-Site", "cross-site"))).isEqualTo("403 later for ada");
        store.with(Fault.COMMIT, () -> assertThat(told(get("later", session))).isEqualTo("503 later for ada"));
    }

    @Test
    void answerSeesTheCookiesOfTheRequestAndDropsThoseOfTheResponse() {
        String cookies = Client.COOKIE + "=" + Client.login("name", "ada") + "; language=fr";
        store.with(Fault.COMMIT,
                () -> assertThat(told(send("GET", "cookie", null, "Cookie", cookies))).isEqualTo("503 fr, null"));
    }

    @Test
    void sessionCannotBeChangedWhereARefusedRequestIsAnswered() {
        String session = Client.login("name", "ada");
        assertThat(told(send("POST", "changing", session, "Sec-Fetch-Site", "cross-site"))).startsWith("403 ImSession.set()");
        store.with(Fault.LOAD, () -> assertThat(told(get("changing", session))).startsWith("503 ImSession.set()"));
        store.with(Fault.CONFLICT, () -> assertThat(told(get("changing", session))).startsWith("409 ImSession.set()"));
        Client.get("/read", session).then().statusCode(200);
        assertThat(Client.get("/read", session).body().asString()).isEqualTo("{name=ada}");
    }

    private static String told(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
        return response.statusCode() + " " + response.body();
    }

    @Singleton
    public static class FailureHandlers {

        void register(@Observes Router router) {
            for (String path : new String[] { "/rerouted", "/later", "/changing" }) {
                router.route(path).handler(context -> {
                    ImSession.of(context).update(data -> data.with("name", "changed"));
                    context.response().end("changed");
                });
            }
            router.get("/cookie").handler(context -> {
                context.response().addCookie(Cookie.cookie("theme", "dark"));
                ImSession.of(context).update(data -> data.with("name", "changed"));
                context.response().end("changed");
            });
            router.get("/page").handler(context -> context.response().end("page of " + user(context)));
            router.route().last().failureHandler(FailureHandlers::answer);
        }

        private static void answer(RoutingContext context) {
            if (!(context.failure() instanceof RequestRefusedException refused)) {
                context.next();
                return;
            }
            switch (context.normalizedPath()) {
                case "/rerouted" -> context.reroute(HttpMethod.GET, "/page");
                case "/later" -> context.vertx().executeBlocking(() -> "later for ").onSuccess(
                        text -> context.response().end(text + user(context)));
                case "/cookie" -> context.response().end(context.request().getCookie("language").getValue() + ", "
                        + context.request().getCookie("theme"));
                case "/changing" -> context.response().end(change(context));
                default -> context.response().end(refused.reason() + ": " + user(context));
            }
        }

        private static String change(RoutingContext context) {
            try {
                ImSession.of(context).set(SessionData.of("name", "changed"));
                return "changed";
            } catch (SessionCommittedException e) {
                return e.getMessage();
            }
        }

        private static String user(RoutingContext context) {
            return ImSession.of(context).data().get("name", String.class).orElse("nobody");
        }
    }
}
