package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.equalTo;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;

/** What Quarkus serves by itself is at the path of the application, or at that of one of its endpoints. */
class NonApplicationRootTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, Pages.class)
            .resource("META-INF/resources/page.html", "a page")
            .config("quarkus.http.root-path", "/app")
            .config("quarkus.http.non-application-root-path", ".");

    @Test
    void endpointsBesideThoseOfQuarkusHaveSessionsAndAreProtected() {
        String token = Client.token(Client.get("/set?name=ada", null));
        Client.get("/read", token).then().body(equalTo("{name=ada}"));
        Client.request(token).header("Sec-Fetch-Site", "cross-site").post("/set?name=eve").then().statusCode(403);
    }

    @Test
    void endpointAtThePathOfAStaticResourceIsProtected() {
        Client.get("/page.html", null).then().statusCode(200).body(equalTo("a page"));
        Client.request(null).header("Sec-Fetch-Site", "cross-site").get("/page.html").then().statusCode(200);
        Client.request(null).post("/page.html").then().statusCode(200).body(equalTo("changed"));
        Client.request(null).header("Sec-Fetch-Site", "cross-site").post("/page.html").then().statusCode(403);
    }

    @Singleton
    public static class Pages {

        void register(@Observes Router router) {
            router.route(HttpMethod.POST, "/page.html").handler(context -> context.response().end("changed"));
        }
    }
}
