package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.docs.Account;

/** The page of devices in an application without Qute. */
class DevicesJsonTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Account.class)
            .config("quarkus.imsession.security.enabled", "true")
            .config("quarkus.imsession.devices.path", "/account/devices")
            .config("quarkus.oidc.enabled", "false")
            .logs(Level.SEVERE, lines -> assertThat(lines).isEmpty());

    @Test
    void applicationWithoutTemplatesHasJsonWhateverIsAccepted() {
        String one = logIn("bob");
        String other = logIn("bob");
        Client.request(one).accept("text/html").get("/account/devices").then().statusCode(200)
                .contentType("application/json").body("devices.id", contains(id(one), id(other)));
        Client.request(one).post("/account/devices/" + id(other) + "/end").then().statusCode(204);
        Client.request(one).post("/account/devices/end-others").then().statusCode(200).body("ended", equalTo(0));
        Client.get("/account/devices", one).then().body("devices.id", equalTo(List.of(id(one))));
        Client.get("/account/devices", other).then().statusCode(401);
        Client.get("/account/devices/style.css", one).then().statusCode(404);
    }

    private static String logIn(String user) {
        return Client.token(Client.request(null).formParam("code", "code-of-" + user).post("/account/link"));
    }

    private static String id(String token) {
        return token.substring(0, SessionId.LENGTH);
    }
}
