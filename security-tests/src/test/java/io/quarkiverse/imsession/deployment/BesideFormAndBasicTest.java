package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;

import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkus.vertx.http.security.HttpSecurity;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.config.SmallRyeConfig;

@Tag("further")
class BesideFormAndBasicTest extends FreshContract {

    private static final String FORM_COOKIE = "quarkus-credential";

    @RegisterExtension
    static final TestApp APP = app(LoginResource.class, FreshContract.class, FreshResource.class, FreshService.class,
            FreshRoutes.class, ClockedStore.class, CorsInCode.class)
            .config("quarkus.imsession.references.principal.indexed", "false")
            .config("quarkus.http.auth.basic", "true")
            .config("quarkus.http.auth.form.enabled", "true")
            .config("quarkus.http.auth.form.login-page", "/login.html")
            .config("quarkus.http.auth.permission.session.paths", "/by-policy/user")
            .config("quarkus.http.auth.permission.session.policy", "authenticated")
            .config("quarkus.http.auth.permission.session.auth-mechanism", "session")
            .config("quarkus.http.auth.session.encryption-key", "a key that only tests know of, of 32")
            .config("quarkus.oidc.enabled", "false")
            .config("quarkus.security.users.embedded.enabled", "true")
            .config("quarkus.security.users.embedded.plain-text", "true")
            .config("quarkus.security.users.embedded.users.carl", "gauss")
            .config("quarkus.security.users.embedded.roles.carl", "admin");

    /** The session does not keep the form from showing its page. */
    @Override
    void assertIsChallenge(Response response) {
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.header("Location")).endsWith("/login.html");
    }

    @Test
    void whatComesWithLogInsGivesWayToTheConfiguration() {
        ImSessionConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class)
                .getConfigMapping(ImSessionConfig.class);
        assertThat(config.referenceFields()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "resource", "uni", "admin", "bean", "route" })
    void logInByTheFormIsOneOfTheSessionAndFresh(String path) {
        String session = form();

        Client.get("/who", session).then().statusCode(200).body(equalTo("carl[admin]"));
        Client.get("/get?field=principal", session).then().body(equalTo("carl"));
        get(path, session).then().statusCode(200).body(equalTo("carl"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "resource", "uni", "admin", "bean", "route" })
    void passwordOfTheRequestIsNotFreshByTheSessionOfAnother(String path) {
        String session = Client.token(Client.get("/login?user=ada&roles=admin", null));
        assertIsStale(Client.request(session).auth().preemptive().basic("carl", "gauss").get("/fresh/" + path));
    }

    @ParameterizedTest
    @ValueSource(strings = { "x", "rubbish", "AAAA", "DAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "undefined", "a.b.c" })
    void cookieThatTheFormCannotReadIsNoneAndTheSessionCounts(String rubbish) {
        String session = Client.token(Client.get("/login?user=ada&roles=admin", null));
        beside(session, rubbish).get("/who").then().statusCode(200).body(equalTo("ada[admin]"));
        get("resource", session).then().statusCode(200).body(equalTo("ada"));
        beside(session, rubbish).get("/fresh/admin").then().statusCode(200).body(equalTo("ada"));
        given().redirects().follow(false).cookie(FORM_COOKIE, rubbish).get("/who").then().statusCode(200).body(equalTo("-"));
        assertIsChallenge(given().redirects().follow(false).cookie(FORM_COOKIE, rubbish).get("/fresh/resource"));
    }

    /** The session of a user who has logged in by the form. */
    private static String form() {
        return Client.token(given().redirects().follow(false).formParam("j_username", "carl").formParam("j_password", "gauss")
                .post("/j_security_check"));
    }

    private static RequestSpecification beside(String session, String form) {
        return given().redirects().follow(false).header("Cookie",
                Client.COOKIE + "=" + session + "; " + FORM_COOKIE + "=" + form);
    }

    @Test
    void whoeverLogsAnotherUserInIsNotFreshInTheSameRequest() {
        String ada = Client.token(Client.get("/login?user=ada", null));
        Response response = get("as-bob", ada);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.header("WWW-Authenticate")).contains("insufficient_user_authentication");
        get("bean", Client.token(response)).then().statusCode(200).body(equalTo("bob"));
    }

    @Test
    void credentialsOfTheRequestCountMoreThanTheSession() {
        String session = Client.token(Client.get("/login?user=ada", null));

        Client.request(session).auth().preemptive().basic("carl", "gauss").get("/who").then().body(equalTo("carl[admin]"));
        Client.request(session).auth().preemptive().basic("carl", "wrong").get("/who").then().statusCode(401)
                .header("WWW-Authenticate", "basic");
        Client.get("/who", session).then().body(equalTo("ada[]"));
    }

    @Test
    void passwordOfTheRequestIsNoLogInOfTheSession() {
        assertIsStale(given().auth().preemptive().basic("carl", "gauss").get("/fresh/admin"));
    }

    @Test
    void otherSitesCannotUseThePasswordThatABrowserSendsByItself() {
        given().auth().preemptive().basic("carl", "gauss").header("Sec-Fetch-Site", "cross-site").post("/change").then()
                .statusCode(403).header("Set-Cookie", nullValue());
        given().auth().preemptive().basic("carl", "gauss").header("Sec-Fetch-Site", "same-origin").post("/change").then()
                .statusCode(204);
    }

    @Test
    void otherSitesCannotLogAVisitorInByTheForm() {
        given().redirects().follow(false).header("Origin", "https://evil.example").formParam("j_username", "carl")
                .formParam("j_password", "gauss").post("/j_security_check").then().statusCode(403)
                .header("Set-Cookie", nullValue());
    }

    @Test
    void scriptsOfAnOriginThatIsAllowedInCodeMayReadWhyTheyWereRefused() {
        given().header("Origin", "https://app.example.org").post("/change").then().statusCode(403)
                .header("Access-Control-Allow-Origin", "https://app.example.org");
        given().header("Origin", "https://evil.example").post("/change").then().statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void pathsMayAskForTheSessionAlone() {
        given().redirects().follow(false).auth().preemptive().basic("carl", "gauss").get("/by-policy/user").then()
                .statusCode(302);
        assertIsChallenge(Client.get("/by-policy/user", null));
        Client.get("/by-policy/user", Client.token(Client.get("/login?user=ada", null))).then().statusCode(200);
    }

    @Test
    void theFormDoesNotAnswerForAStaleSession() {
        String session = Client.token(Client.get("/login?user=ada", null));
        store.advance(Duration.ofHours(1));
        assertIsStale(get("resource", session));
    }

    public static class CorsInCode {

        void allow(@Observes HttpSecurity security) {
            security.cors("https://app.example.org");
        }
    }
}
