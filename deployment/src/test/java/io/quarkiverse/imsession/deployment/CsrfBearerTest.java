package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.specification.RequestSpecification;

/** A session whose token no browser sends by itself needs no proof. */
class CsrfBearerTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, CsrfForms.class, RefusedText.class)
            .config("quarkus.imsession.resolvers", "bearer,cookie");

    @Test
    void sessionOfABearerTokenProvesNothing() {
        String session = session();
        other(null).header("Authorization", "Bearer " + session).post("/change").then().statusCode(200);
        other(null).header("Authorization", "Bearer " + session).header("Upgrade", "websocket").get("/change").then()
                .statusCode(200);
    }

    @Test
    void sessionOfACookieProvesItsOrigin() {
        other(session()).post("/change").then().statusCode(403).body(equalTo(RefusedText.ORIGIN));
    }

    @Test
    void requestWithoutATokenProvesItsOriginAsItMayGetACookie() {
        other(null).post("/login").then().statusCode(403).body(equalTo(RefusedText.ORIGIN));
        Client.request(null).post("/login").then().statusCode(200);
    }

    @Test
    void bearerTokenWinsOverTheCookie() {
        other(session()).header("Authorization", "Bearer " + session()).post("/change").then().statusCode(200);
    }

    @Test
    void authorizationForSomebodyElseSparesTheCookieNothing() {
        for (String authorization : new String[] { "Bearer eyJhbGciOiJub25lIn0.e30.c2ln", "Basic YTpi" }) {
            for (String cookie : new String[] { session(), null }) {
                other(cookie).header("Authorization", authorization).post("/change").then().statusCode(403)
                        .body(equalTo(RefusedText.ORIGIN));
            }
        }
    }

    private static RequestSpecification other(String session) {
        return Client.request(session).header("Sec-Fetch-Site", "cross-site");
    }

    private static String session() {
        return Client.login("name", "anna");
    }
}
