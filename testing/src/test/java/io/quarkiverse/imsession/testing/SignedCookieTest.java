package io.quarkiverse.imsession.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Sessions of tests are made by the settings of the application. */
@QuarkusTest
@TestProfile(SignedCookieTest.Settings.class)
@WithSession("{user_id: 'ada'}")
class SignedCookieTest {

    @Inject
    TestSessions sessions;

    @Test
    void cookieHasTheConfiguredNameAndASignature(TestSession made) {
        assertThat(made.cookie().name()).isEqualTo("shop");
        assertThat(made.token()).hasSizeGreaterThan(SessionToken.LENGTH);
        given().cookie("shop", made.token()).get("/user").then().body(is("ada"));
        given().get("/user").then().body(is("ada"));
        assertThat(sessions.find(made.token())).isPresent();
        assertThat(sessions.find(made.token().substring(0, SessionToken.LENGTH))).isEmpty();
    }

    @Test
    void lifetimeIsTheConfiguredOne(TestSession made) {
        SessionInfo stored = made.stored().orElseThrow();
        assertThat(Duration.between(stored.createdAt(), stored.expiresAt())).isEqualTo(Duration.ofMinutes(20));
    }

    public static class Settings implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.imsession.cookie.name", "shop", "quarkus.imsession.signing.keys",
                    "0123456789abcdef0123456789abcdef", "quarkus.imsession.timeout", "1H", "quarkus.imsession.absolute-timeout",
                    "20M");
        }
    }
}
