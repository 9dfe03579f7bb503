package io.quarkiverse.imsession.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import java.util.Set;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Requests carry the token as clients of the application do. */
@QuarkusTest
@TestProfile(BearerTest.Settings.class)
@WithSession("{user_id: 'ada'}")
class BearerTest {

    @Inject
    TestSessions sessions;

    @Test
    void requestsHaveABearerTokenAndFollowTheResponseHeader(TestSession made) {
        String token = made.token();
        assertThat(made.headers()).isEqualTo(Map.of("Authorization", "Bearer " + token));
        given().get("/user").then().body(is("ada"));
        given().body("Emma").post("/cart").then().statusCode(204);
        given().get("/login?user=ada").then().statusCode(204);
        assertThat(made.token()).isNotEqualTo(token);
        given().get("/payment").then().statusCode(200);
        given().get("/logout").then().statusCode(204);
        assertThat(made.hasToken()).isFalse();
    }

    @Test
    void requestWithCredentialsOfItsOwnIsLeftAlone() {
        given().header("Authorization", "Bearer other").get("/user").then().body(is("nobody"));
    }

    @Test
    void sessionIsNotBoundIfTheApplicationBindsNone() {
        assertThatIllegalStateException()
                .isThrownBy(() -> sessions.createDeviceBound(session -> session.login("ada", Set.of())))
                .withMessageContaining("set quarkus.imsession.device-bound.enabled=true");
    }

    public static class Settings implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.imsession.resolvers", "bearer", "quarkus.imsession.bearer.response-header", "X-Shop",
                    "quarkus.imsession.device-bound.enabled", "false");
        }
    }
}
