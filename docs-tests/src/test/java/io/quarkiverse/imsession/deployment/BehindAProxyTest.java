package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.containsString;

import org.acme.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.specification.RequestSpecification;

/** The settings of the page "Behind a proxy". */
class BehindAProxyTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Views.class)
            .config("quarkus.http.proxy.proxy-address-forwarding", "true")
            .config("quarkus.http.proxy.allow-x-forwarded", "true")
            .config("quarkus.http.proxy.enable-forwarded-host", "true")
            .config("quarkus.http.proxy.trusted-proxies", "127.0.0.1");

    @Test
    void originIsComparedWithTheHostThatTheBrowserAsked() {
        String token = Client.token(Client.get("/views", null));

        forwarded(token, "app.example.org").header("Origin", "https://evil.example.net").post("/logout").then().statusCode(403);
        forwarded(token, "app.example.org").header("Origin", "http://app.example.org").post("/logout").then().statusCode(403);
        Client.request(token).header("Origin", "https://app.example.org").post("/logout").then().statusCode(403);
        forwarded(token, "app.example.org").header("Origin", "https://app.example.org").post("/logout").then()
                .statusCode(200).body(containsString("Goodbye"));
    }

    @Test
    void browsersThatSayTheyAreOnTheSameOriginNeedNoForwardedHost() {
        String token = Client.token(Client.get("/views", null));

        Client.request(token).header("Sec-Fetch-Site", "same-origin").post("/logout").then().statusCode(200);
    }

    private static RequestSpecification forwarded(String token, String host) {
        return Client.request(token).header("X-Forwarded-Host", host).header("X-Forwarded-Proto", "https");
    }
}
