package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A session whose token no browser sends by itself needs no proof. */
class CsrfBearerTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, CsrfForms.class)
            .config("quarkus.imsession.csrf.enabled", "true")
            .config("quarkus.imsession.resolvers", "bearer,cookie");

    @Test
    void sessionOfABearerTokenProvesNothing() {
        String session = session();
        Client.request(null).header("Authorization", "Bearer " + session).post("/change").then().statusCode(200);
        Client.request(null).header("Authorization", "Bearer " + session).header("Upgrade", "websocket").get("/change").then()
                .statusCode(200);
    }

    @Test
    void sessionOfACookieProvesBoth() {
        Client.request(session()).post("/change").then().statusCode(403).body(equalTo("origin"));
    }

    @Test
    void bearerTokenWinsOverTheCookie() {
        Client.request(session()).header("Authorization", "Bearer " + session()).post("/change").then().statusCode(200);
    }

    @Test
    void authorizationForSomebodyElseSparesTheCookieNothing() {
        Client.request(session()).header("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30.c2ln").post("/change").then()
                .statusCode(403).body(equalTo("origin"));
        Client.request(session()).header("Authorization", "Basic YTpi").post("/change").then().statusCode(403);
    }

    private static String session() {
        return Client.login("name", "anna");
    }
}
