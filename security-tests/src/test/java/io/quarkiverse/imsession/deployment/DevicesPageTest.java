package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.docs.Account;
import io.quarkiverse.imsession.docs.Devices;
import io.quarkiverse.imsession.docs.RememberedAccount;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** The page "A page of devices", and what "Stay logged in" has for Quarkus Security. Each test has a user of its own. */
class DevicesPageTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Account.class, Devices.class, RememberedAccount.class)
            .with(Devices.class.getDeclaredClasses())
            .config("quarkus.imsession.security.enabled", "true")
            .config("quarkus.imsession.client.record-user-agent", "true")
            .config("quarkus.imsession.client.record-address", "true")
            .config("quarkus.oidc.enabled", "false")
            .config("quarkus.security.users.embedded.enabled", "true")
            .config("quarkus.security.users.embedded.plain-text", "true")
            .config("quarkus.security.users.embedded.users.ada", "lovelace");

    @Test
    void userSeesNamesAndEndsDevices() {
        String phone = logIn("bob", "Phone");
        String laptop = logIn("bob", "Laptop");
        String tablet = logIn("bob", "Tablet");
        ownPage(phone).formParam("name", "Bob's phone").post("/devices/name").then().statusCode(204);
        Client.get("/devices", phone).then().statusCode(200).header("Cache-Control", "no-store")
                .body("agent", containsInAnyOrder("Phone", "Laptop", "Tablet"))
                .body("find { it.current }.label", equalTo("Bob's phone"))
                .body("find { it.current }.id", equalTo(id(phone)));

        ownPage(phone).delete("/devices/" + id(tablet)).then().statusCode(204);
        Client.get("/devices", tablet).then().statusCode(401);
        assertThat(Client.token(ownPage(laptop).delete("/devices/" + id(laptop)))).isEmpty();
        Client.get("/devices", phone).then().body("agent", contains("Phone"));
    }

    @Test
    void devicesOfOthersAndWhatIsNoIdAreRefused() {
        String bob = logIn("bert", "Phone");
        String eve = logIn("eve", "Phone");
        ownPage(eve).delete("/devices/" + id(bob)).then().statusCode(404);
        ownPage(eve).delete("/devices/" + bob).then().statusCode(400);
        Client.request(bob).header("Sec-Fetch-Site", "same-site").delete("/devices/" + id(bob)).then().statusCode(403);
        Client.get("/devices", null).then().statusCode(401);
        Client.get("/devices", bob).then().body("id", equalTo(List.of(id(bob))));
    }

    @Test
    void userEndsAllOtherDevicesAndThenAll() {
        String one = logIn("carl", "One");
        String other = logIn("carl", "Other");
        ownPage(one).post("/devices/end-others").then().statusCode(200).body(equalTo("1"));
        Client.get("/devices", other).then().statusCode(401);
        Response all = ownPage(one).post("/devices/end-all");
        all.then().statusCode(200).body(equalTo("1"));
        assertThat(Client.token(all)).isEmpty();
    }

    @Test
    void onlyTheUserWhoWantsItIsRemembered() {
        assertThat(ada().post("/remembered/login").header("Set-Cookie")).contains("Max-Age=86400;");
        assertThat(ada().formParam("remember", "on").post("/remembered/login").header("Set-Cookie"))
                .contains("Max-Age=2592000;");
    }

    @Test
    void aLongerLifeBeforeTheLogInIsThatOfTheSessionOfAnotherUser() {
        Response eve = ownPage(logIn("dora", "Phone")).post("/remembered/forgotten");
        assertThat(eve.header("Set-Cookie")).contains("Max-Age=86400;");
    }

    private static RequestSpecification ada() {
        return Client.request(null).formParam("user", "ada").formParam("password", "lovelace");
    }

    private static String logIn(String user, String agent) {
        return Client.token(Client.request(null).header("User-Agent", agent).formParam("code", "code-of-" + user)
                .post("/account/link"));
    }

    private static String id(String token) {
        return token.substring(0, SessionId.LENGTH);
    }

    private static RequestSpecification ownPage(String token) {
        return Client.request(token).header("Sec-Fetch-Site", "same-origin");
    }
}
