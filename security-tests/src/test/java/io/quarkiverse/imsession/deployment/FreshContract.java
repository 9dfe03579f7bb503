package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.restassured.response.Response;

/** What a fresh log-in guards, beside whatever other mechanisms (OWASP ASVS 5, V7.5.3). */
abstract class FreshContract {

    private static final String STALE = "session error=\"insufficient_user_authentication\", max_age=\"300\"";

    @Inject
    ClockedStore store;

    static TestApp app(Class<?>... classes) {
        return TestApp.of(classes)
                .config("quarkus.imsession.security.enabled", "true");
    }

    /** How whoever is not logged in is asked to log in. */
    abstract void assertIsChallenge(Response response);

    @ParameterizedTest
    @ValueSource(strings = { "resource", "uni", "admin", "bean", "route" })
    void logInIsFreshForTheGivenTimeAndThenIsAskedForAgain(String path) {
        String session = Client.token(Client.get("/login?user=ada&roles=admin", null));
        store.advance(Duration.ofMinutes(5));
        get(path, session).then().statusCode(200).body(equalTo("ada"));
        store.advance(Duration.ofMillis(1));
        assertIsStale(get(path, session));
        Client.get("/who", session).then().statusCode(200).body(equalTo("ada[admin]"));

        String again = Client.token(Client.get("/login?user=ada&roles=admin", session));
        get(path, again).then().statusCode(200).body(equalTo("ada"));
    }

    @Test
    void whatAllMayCallIsGuardedTooAndAsksForAFreshLogIn() {
        assertIsStale(get("permitted", null));
        String ada = Client.token(Client.get("/login?user=ada", null));
        get("permitted", ada).then().statusCode(200).body(equalTo("ada"));
        store.advance(Duration.ofMinutes(6));
        assertIsStale(get("permitted", ada));
    }

    @Test
    void annotationOnAMethodCountsMoreThanOnItsClass() {
        String session = Client.token(Client.get("/login?user=ada", null));
        store.advance(Duration.ofMinutes(59));
        assertIsStale(get("bean", session));
        get("hour", session).then().statusCode(200).body(equalTo("ada"));
        store.advance(Duration.ofMinutes(2));
        get("hour", session).then().statusCode(401).header("WWW-Authenticate",
                "session error=\"insufficient_user_authentication\", max_age=\"3600\"");
    }

    @Test
    void whoeverIsNotLoggedInIsAskedToLogIn() {
        assertIsChallenge(get("resource", null));
        assertIsChallenge(get("admin", null));
        String visitor = Client.token(Client.get("/set?field=cart&value=tea", null));
        assertIsChallenge(get("resource", visitor));
        assertIsChallenge(get("bean", visitor));
    }

    @Test
    void whoeverHasNotTheRoleIsForbiddenHoweverFresh() {
        String session = Client.token(Client.get("/login?user=bob&roles=author", null));
        get("resource", session).then().statusCode(200);
        get("admin", session).then().statusCode(403);
        store.advance(Duration.ofMinutes(6));
        get("admin", session).then().statusCode(403);
    }

    static Response get(String path, String token) {
        return Client.get("/fresh/" + path, token);
    }

    static void assertIsStale(Response response) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.header("WWW-Authenticate")).isEqualTo(STALE);
        assertThat(response.headers().getValues("Set-Cookie")).isEmpty();
    }
}
