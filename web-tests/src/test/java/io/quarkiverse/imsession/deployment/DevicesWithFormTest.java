package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With the form of Quarkus, with users that are found out lazily, and without the protection of the application. */
@Tag("further")
class DevicesWithFormTest extends DevicesContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.http.auth.form.enabled", "true")
            .config("quarkus.http.auth.proactive", "false")
            .config("quarkus.imsession.csrf.enabled", "false")
            .config("quarkus.http.auth.session.encryption-key", "a key that only tests know of, of 32")
            .config("quarkus.security.users.embedded.enabled", "true")
            .config("quarkus.security.users.embedded.plain-text", "true")
            .config("quarkus.security.users.embedded.users.ada", "lovelace").redis();

    @Test
    void whoeverIsNotLoggedInIsSentToTheFormAndBack() {
        Client.get("/account/devices", null).then().statusCode(302).header("Location", endsWith("/login.html"));
        Client.request(null).accept("application/json").get("/account/devices").then().statusCode(401);
        String token = Client.token(Client.request(null).formParam("j_username", "ada").formParam("j_password", "lovelace")
                .post("/j_security_check"));
        Client.request(token).accept("application/json").get("/account/devices").then().statusCode(200)
                .body("devices.id", equalTo(List.of(id(token))));
    }

    @Test
    void otherSitesEndNothingEvenIfTheApplicationIsNotProtected() {
        String one = enter("bob");
        String other = enter("bob");
        Client.request(one).header("Sec-Fetch-Site", "cross-site").post("/account/devices/end-others").then().statusCode(403);
        Client.request(one).header("Sec-Fetch-Site", "cross-site").post("/account/devices/" + id(other) + "/end").then()
                .statusCode(403);
        Client.request(one).header("Sec-Fetch-Site", "cross-site").post("/enter?user=bob").then().statusCode(204);
        Client.request(other).accept("application/json").get("/account/devices").then().statusCode(200);
    }
}
