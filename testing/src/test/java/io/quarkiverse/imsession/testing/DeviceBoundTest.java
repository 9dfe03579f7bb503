package io.quarkiverse.imsession.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionInfo;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class DeviceBoundTest {

    @Inject
    TestSessions sessions;

    @Test
    @WithSession(value = "{user_id: 'ada'}", deviceBound = true)
    void requestsComeFromTheDeviceOfTheSession(TestSession visitor) {
        assertThat(visitor.stored()).get().extracting(SessionInfo::deviceBound).isEqualTo(true);
        given().get("/user").then().body(is("ada"));
        given().headers(visitor.headers()).get("/user").then().body(is("ada"));
        given().post("/transfer").then().statusCode(204);
        assertThat(visitor.session().deviceBound()).isTrue();
    }

    @Test
    @WithSession(value = "{user_id: 'ada'}", deviceBound = true)
    void copyOfTheSessionCookieIsNoSession(TestSession visitor) {
        given().cookie(visitor.cookie().name(), visitor.cookie().value()).get("/user").then().body(is("nobody"));
        assertThat(sessions.find(visitor.token())).as("by the token alone").isEmpty();
        assertThat(visitor.stored()).isPresent();
    }

    @Test
    @WithSession("{user_id: 'ada'}")
    void otherSessionsAreBoundToNone(TestSession visitor) {
        assertThat(visitor.stored()).get().extracting(SessionInfo::deviceBound).isEqualTo(false);
        given().post("/transfer").then().statusCode(403);
    }

    @Test
    void oneTestCanHaveSeveralDevices() {
        TestSession ada = sessions.createDeviceBound(session -> session.login("ada", Set.of("admin")));
        TestSession bob = sessions.createDeviceBound(session -> session.login("bob", Set.of("admin")));
        given().filter(ada.filter()).get("/admin").then().body(is("ada"));
        given().filter(bob.filter()).get("/admin").then().body(is("bob"));
    }

    @Test
    @WithSession(user = "ada", deviceBound = true)
    void logOutTakesTheBoundCookieToo(TestSession visitor) {
        given().get("/logout").then().statusCode(204);
        given().get("/login?user=bob").then().statusCode(204);
        assertThat(visitor.principal()).contains("bob");
        assertThat(visitor.headers().get("Cookie")).doesNotContain("-bound");
    }

    @Test
    @WithSession(user = "ada", deviceBound = true, authenticatedAgo = "PT1H")
    void userMayHaveLoggedInEarlier(TestSession visitor) {
        assertThat(visitor.authenticatedAt().orElseThrow()).isBefore(Instant.now().minus(Duration.ofMinutes(59)));
    }
}
