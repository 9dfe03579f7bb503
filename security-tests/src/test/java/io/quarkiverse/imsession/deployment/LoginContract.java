package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.StoredSession;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Log-ins with Quarkus Security, whenever it authenticates and wherever sessions are kept. */
abstract class LoginContract {

    private static final String PASSWORD = "lovelace-1815";

    @Inject
    SessionStore store;

    static TestApp app() {
        return TestApp.of(LoginResource.class, LoginContract.class, Augmentor.class)
                .config("quarkus.imsession.security.enabled", "true")
                .config("quarkus.http.auth.permission.user.paths", "/by-policy/user")
                .config("quarkus.http.auth.permission.user.policy", "authenticated")
                .config("quarkus.http.auth.policy.admins.roles-allowed", "admin")
                .config("quarkus.http.auth.permission.admin.paths", "/by-policy/admin")
                .config("quarkus.http.auth.permission.admin.policy", "admins")
                .config("quarkus.oidc.enabled", "false")
                .config("quarkus.security.users.embedded.enabled", "true")
                .config("quarkus.security.users.embedded.plain-text", "true")
                .config("quarkus.security.users.embedded.users.ada", PASSWORD)
                .config("quarkus.security.users.embedded.roles.ada", "admin,author");
    }

    @Test
    void rolesOfTheLogInAreThoseOfLaterRequests() {
        String session = logIn("ada", "admin,author");

        assertThat(who(session)).isEqualTo("ada[admin, augmented, author]");
        get("/user", session).then().statusCode(200).body(equalTo("ada"));
        get("/admin", session).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/user", "/admin", "/by-policy/user", "/by-policy/admin" })
    void whoeverIsNotLoggedInIsTold(String path) {
        get(path, null).then().statusCode(401).header("WWW-Authenticate", nullValue()).header("Set-Cookie", nullValue());
        String visitor = Client.token(get("/set?field=cart&value=tea", null));
        get(path, visitor).then().statusCode(401).header("WWW-Authenticate", nullValue());
        assertThat(who(visitor)).isEqualTo("-");
    }

    @Test
    void whoeverHasNotTheRoleIsForbidden() {
        String session = logIn("bob", "author");

        get("/user", session).then().statusCode(200);
        get("/admin", session).then().statusCode(403);
        get("/by-policy/user", session).then().statusCode(200);
        get("/by-policy/admin", session).then().statusCode(403);
        get("/by-policy/admin", logIn("ada", "admin")).then().statusCode(200);
    }

    @Test
    void logInKeepsWhatAVisitorHasAndReplacesTheToken() {
        String visitor = Client.token(get("/set?field=cart&value=tea", null));
        String session = Client.token(get("/login?user=ada", visitor));

        assertThat(id(session)).isEqualTo(id(visitor));
        get("/get?field=cart", session).then().body(equalTo("tea"));
        get("/get?field=cart", visitor).then().body(equalTo("-"));
        assertThat(who(visitor)).isEqualTo("-");
    }

    @Test
    void logInAgainReplacesTheTokenAndTheRoles() {
        String first = logIn("ada", "admin");
        get("/set?field=cart&value=tea", first);
        String again = Client.token(get("/login?user=ada&roles=author", first));

        assertThat(id(again)).isEqualTo(id(first));
        assertThat(who(again)).isEqualTo("ada[augmented, author]");
        assertThat(who(first)).isEqualTo("-");
        get("/get?field=cart", again).then().body(equalTo("tea"));
    }

    @Test
    void anotherUserInheritsNothing() {
        String ada = logIn("ada", "admin");
        get("/set?field=cart&value=tea", ada);
        String bob = Client.token(get("/login?user=bob", ada));

        assertThat(id(bob)).isNotEqualTo(id(ada));
        assertThat(who(bob)).isEqualTo("bob[augmented]");
        get("/get?field=cart", bob).then().body(equalTo("-"));
        assertThat(stored(ada).isReplaced()).isTrue();
        get("/set?field=cart&value=tea", ada).then().statusCode(409).header("Set-Cookie", nullValue());
    }

    @Test
    void whoeverTookThePrincipalOutFirstKeepsTheData() {
        String ada = logIn("ada", "admin");
        get("/set?field=cart&value=tea", ada);
        get("/unset?field=principal", ada);
        String bob = Client.token(get("/login?user=bob", ada));

        assertThat(id(bob)).isEqualTo(id(ada));
        assertThat(who(bob)).isEqualTo("bob[augmented]");
        get("/get?field=cart", bob).then().body(equalTo("tea"));
    }

    @Test
    void logOutEndsTheLogIn() {
        String session = logIn("ada", "admin");
        get("/logout", session).then().statusCode(204);

        assertThat(who(session)).isEqualTo("-");
        get("/admin", session).then().statusCode(401);
        assertThat(stored(session)).isNull();
    }

    @Test
    void allSessionsOfAUserAreLoggedOutByTheirName() {
        String one = logIn("eve", "author");
        String other = logIn("eve", "author");
        String bob = logIn("bob", "author");
        get("/logout-everywhere", one).then().statusCode(200).body(equalTo("2"));

        assertThat(who(one)).isEqualTo("-");
        assertThat(who(other)).isEqualTo("-");
        assertThat(who(bob)).isEqualTo("bob[augmented, author]");
    }

    @Test
    void noChangeOfTheDataGivesRoles() {
        String visitor = Client.token(get("/set?field=principal&value=ada", null));
        for (String field : new String[] { "roles", "role", "login", "groups", "admin" }) {
            get("/set?field=" + field + "&value=admin", visitor);
        }
        assertThat(who(visitor)).isEqualTo("-");

        String bob = logIn("bob", "author");
        get("/set?field=roles&value=admin", bob);
        assertThat(who(bob)).isEqualTo("bob[augmented, author]");
        get("/set?field=@login&value=admin", bob).then().statusCode(500);
        assertThat(who(bob)).isEqualTo("bob[augmented, author]");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/set?field=principal&value=root", "/unset?field=principal", "/replace?field=cart&value=tea",
            "/set-number?field=principal&value=7" })
    void whoeverIsNoMoreFoundByNameIsLoggedOutForGood(String change) {
        String session = logIn("ada", "admin");
        get(change, session).then().statusCode(204);
        assertThat(who(session)).isEqualTo("-");

        get("/set?field=principal&value=ada", session);
        assertThat(who(session)).isEqualTo("-");
        assertThat(stored(session).attributes()).doesNotContainKey("@login");
    }

    @Test
    void logInWhoseResponseFailsIsNone() {
        String visitor = Client.token(get("/set?field=cart&value=tea", null));
        get("/login-and-fail", visitor).then().statusCode(500);

        assertThat(who(visitor)).isEqualTo("-");
    }

    @Test
    void passwordIsCheckedByTheProvidersOfQuarkusAndKeptNowhere() {
        logInWithPassword("wrong").then().statusCode(401);
        String session = Client.token(logInWithPassword(PASSWORD));

        assertThat(who(session)).isEqualTo("ada[admin, augmented, author]");
        StoredSession stored = stored(session);
        assertThat(stored.data().toJson()).isEqualTo(Map.of("principal", "\"ada\""));
        assertThat(stored.attributes()).containsEntry("@login",
                "{\"principal\":\"ada\",\"roles\":[\"admin\",\"augmented\",\"author\"]}");
        assertThat(stored.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void identityThatIsRefusedIsNotAuthenticated() {
        String banned = logIn("banned", "admin");

        get("/user", banned).then().statusCode(401);
        get("/admin", banned).then().statusCode(401);
    }

    @Test
    void namesThatCannotBeFoundAndAnonymousIdentitiesAreRefusedAndLeaveTheSessionAlone() {
        String visitor = Client.token(get("/set?field=cart&value=tea", null));
        for (String path : new String[] { "/login", "/login?user= ", "/login?user=" + "x".repeat(257), "/login-anonymous" }) {
            get(path, visitor).then().statusCode(500);
            get("/get?field=cart", visitor).then().body(equalTo("tea"));
            assertThat(who(visitor)).isEqualTo("-");
        }
    }

    @Test
    void otherSitesCanNeitherActForTheUserNorLogSomebodyIn() {
        String session = logIn("ada", "admin");
        other(session).post("/change").then().statusCode(403).header("Set-Cookie", nullValue());
        other(session).header("X-CSRF-Token", get("/csrf", session).asString()).post("/change").then().statusCode(403);
        other(null).formParam("user", "ada").formParam("password", "lovelace").post("/password").then().statusCode(403)
                .header("Set-Cookie", nullValue());
        Client.request(session).header("Sec-Fetch-Site", "same-origin").post("/change").then().statusCode(204);
        Client.request(session).post("/change").then().statusCode(204);
    }

    private static RequestSpecification other(String session) {
        return Client.request(session).header("Sec-Fetch-Site", "cross-site");
    }

    private static Response logInWithPassword(String password) {
        return Client.request(null).formParam("user", "ada").formParam("password", password).post("/password");
    }

    private static Response get(String path, String token) {
        return Client.get(path, token);
    }

    private static String logIn(String user, String roles) {
        return Client.token(get("/login?user=" + user + "&roles=" + roles, null));
    }

    private static String who(String token) {
        Response response = get("/who", token);
        response.then().statusCode(200);
        return response.asString();
    }

    private static SessionId id(String token) {
        return new SessionId(token.substring(0, token.indexOf('.')));
    }

    private StoredSession stored(String token) {
        return store.load(id(token)).toCompletableFuture().join();
    }
}
