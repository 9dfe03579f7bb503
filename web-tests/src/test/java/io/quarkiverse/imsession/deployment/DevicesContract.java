package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;

import io.quarkiverse.imsession.SessionId;
import io.restassured.specification.RequestSpecification;

/** An application with the page of devices. */
abstract class DevicesContract {

    static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    static TestApp app(Class<?>... classes) {
        return TestApp.of(DevicesResource.class, DevicesContract.class).with(classes)
                .config("quarkus.imsession.security.enabled", "true")
                .config("quarkus.imsession.client.record-user-agent", "true")
                .config("quarkus.imsession.devices.path", "/account/devices");
    }

    /** The token of a new session of a user. */
    static String enter(String user) {
        return Client.token(given().header("User-Agent", FIREFOX).post("/enter?user=" + user));
    }

    static String id(String token) {
        return token.substring(0, SessionId.LENGTH);
    }

    static RequestSpecification ownPage(String token) {
        return Client.request(token).header("Sec-Fetch-Site", "same-origin");
    }
}
