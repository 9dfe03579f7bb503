package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.restassured.response.Response;
import io.vertx.ext.web.Router;

/** A cookie that ends with the browser, unless its user asked to be remembered. */
class RememberedCookieTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Remembering.class).config("quarkus.imsession.cookie.persistent", "if-remembered");

    @Test
    void cookieEndsWithTheBrowserUnlessItsSessionHasATimeoutOfItsOwn() {
        Response plain = Client.get("/visit", null);
        assertThat(cookie(plain)).doesNotContain("Max-Age");
        assertThat(cookie(Client.get("/visit", Client.token(plain)))).doesNotContain("Max-Age");

        Response remembered = Client.get("/remember", Client.token(plain));
        assertThat(cookie(remembered)).contains("Max-Age=2592000");
        assertThat(cookie(Client.get("/visit", Client.token(remembered)))).contains("Max-Age=2592000");
        assertThat(cookie(Client.get("/remember", null))).contains("Max-Age=2592000");
    }

    private static String cookie(Response response) {
        List<String> cookies = response.headers().getValues("Set-Cookie");
        assertThat(cookies).hasSize(1);
        return cookies.get(0);
    }

    @ApplicationScoped
    static class Remembering {

        void routes(@Observes Router router) {
            router.get("/visit").handler(context -> {
                ImSession session = ImSession.of(context);
                session.update(data -> data.with("visits", data.get("visits", Integer.class).orElse(0) + 1));
                context.end();
            });
            router.get("/remember").handler(context -> {
                ImSession session = ImSession.of(context);
                session.update(data -> data.with("remembered", true));
                session.touch(Duration.ofDays(30));
                context.end();
            });
        }
    }
}
