package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.restassured.specification.RequestSpecification;

/** An application that takes bearer tokens only asks for nothing: no browser sends one by itself. */
class CsrfBearerOnlyTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, CsrfForms.class)
            .config("quarkus.imsession.resolvers", "bearer")
            .config("quarkus.imsession.csrf.mode", "both");

    @ParameterizedTest
    @ValueSource(strings = { "", "Bearer nonsense", "Bearer ", "Basic YTpi" })
    void nothingIsAskedOfARequestWithoutASession(String authorization) {
        RequestSpecification request = Client.request(null).header("Sec-Fetch-Site", "cross-site")
                .header("Origin", "https://app.example.org");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        request.post("/login").then().statusCode(200).body(equalTo("changed"));
    }

    @Test
    void nothingIsAskedOfARequestWithASession() {
        String token = Client.request(null).get("/set?name=anna").header("X-Session-Token");
        Client.request(null).header("Sec-Fetch-Site", "cross-site").header("Authorization", "Bearer " + token).post("/change")
                .then().statusCode(200);
        Client.request(null).header("Sec-Fetch-Site", "cross-site").header("Upgrade", "websocket").get("/change").then()
                .statusCode(200);
    }
}
