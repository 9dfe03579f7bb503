package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.net.URL;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.docs.Account;
import io.quarkiverse.imsession.docs.CurrentRoles;
import io.quarkiverse.imsession.test.Transcript;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** The page "Log in with Quarkus Security". */
class LoginPageTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Account.class, CurrentRoles.class)
            .config("quarkus.imsession.security.enabled", "true")
            .config("quarkus.http.auth.basic", "true")
            .config("quarkus.oidc.enabled", "false")
            .config("quarkus.security.users.embedded.enabled", "true")
            .config("quarkus.security.users.embedded.plain-text", "true")
            .config("quarkus.security.users.embedded.users.ada", "lovelace")
            .config("quarkus.security.users.embedded.roles.ada", "admin")
            .config("quarkus.security.users.embedded.users.eve", "moneypenny");

    @TestHTTPResource
    URL server;

    @Test
    void whatThePageShowsInAShellIsWhatHappens() throws IOException, InterruptedException {
        Transcript.assertRunsAsShown("login.adoc", server.getPort());
    }

    @Test
    void userLogsInWithAPasswordAndOut() {
        Client.request(null).formParam("user", "ada").formParam("password", "wrong").post("/account/login").then()
                .statusCode(401).header("Set-Cookie", nullValue());
        Client.request(null).formParam("user", "ada").post("/account/login").then().statusCode(400);
        Client.request(null).formParam("password", "lovelace").post("/account/login").then().statusCode(400);
        String ada = logIn("ada", "lovelace");
        Client.get("/account", ada).then().statusCode(200).body(equalTo("This is the page of ada"));
        Client.get("/account/reports", ada).then().statusCode(200);
        String eve = logIn("eve", "moneypenny");
        Client.get("/account/reports", eve).then().statusCode(403);

        Client.request(eve).header("Sec-Fetch-Site", "cross-site").post("/account/logout").then().statusCode(403);
        ownPage(eve).post("/account/logout").then().statusCode(204);
        Client.get("/account", eve).then().statusCode(401);
    }

    @Test
    void userLogsOutEverywhere() {
        String one = logIn("eve", "moneypenny");
        String other = logIn("eve", "moneypenny");
        Response response = ownPage(one).post("/account/logout-everywhere");
        response.then().statusCode(200).body(equalTo("2"));
        assertThat(Client.token(response)).isEmpty();
        Client.get("/account", other).then().statusCode(401);
    }

    @Test
    void userWhoseAccountIsClosedIsRefused() {
        String gone = Client.token(Client.request(null).formParam("code", "code-of-bob").post("/account/link"));
        Client.get("/account", gone).then().statusCode(401);
        String ada = Client.token(Client.request(null).formParam("code", "code-of-ada").post("/account/link"));
        Client.get("/account/reports", ada).then().statusCode(200);
    }

    @Test
    void identityOfAProviderIsKeptInTheSession() {
        Response kept = Client.request(null).auth().preemptive().basic("ada", "lovelace").get("/account/from-provider");
        kept.then().statusCode(303).header("Location", endsWith("/account"));
        Client.get("/account", Client.token(kept)).then().statusCode(200).body(equalTo("This is the page of ada"));
    }

    @Test
    void onlyAFreshLogInPaysAndOthersAreSentToThePage() {
        String ada = logIn("ada", "lovelace");
        ownPage(ada).post("/account/pay").then().statusCode(200).body(equalTo("Paid"));
        Client.request(null).auth().preemptive().basic("ada", "lovelace").post("/account/pay").then().statusCode(303)
                .header("Location", endsWith("/confirm-password"));
        Client.request(null).post("/account/pay").then().statusCode(401);
    }

    private static String logIn(String user, String password) {
        return Client
                .token(Client.request(null).formParam("user", user).formParam("password", password).post("/account/login"));
    }

    private static RequestSpecification ownPage(String token) {
        return Client.request(token).header("Sec-Fetch-Site", "same-origin");
    }
}
