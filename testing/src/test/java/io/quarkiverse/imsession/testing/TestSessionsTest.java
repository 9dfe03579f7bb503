package io.quarkiverse.imsession.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.Set;

import jakarta.inject.Inject;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

@QuarkusTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TestSessionsTest {

    private static TestSession before;

    @Inject
    TestSessions sessions;

    @Inject
    ImSession session;

    @Test
    @Order(1)
    void sessionsThatATestMakesAreThere() {
        before = sessions.create(SessionData.of("user_id", 7));
        assertThat(before.stored()).isPresent();
        given().filter(before.filter()).get("/login?user=ada").then().statusCode(204);
        given().filter(before.filter()).get("/login?user=bob").then().statusCode(204);
        assertThat(before.ids()).hasSize(2);
    }

    @Test
    @Order(2)
    void sessionsOfTheTestBeforeHaveEnded() {
        assertThat(before.ids()).allMatch(id -> sessions.find(id).isEmpty());
        assertThat(RestAssured.filters()).isEmpty();
        given().get("/user").then().body(is("nobody"));
    }

    @Test
    void testWithoutASessionIsToldHowToGetOne() {
        assertThatIllegalStateException().isThrownBy(() -> sessions.current()).withMessageContaining("@WithSession");
        assertThatIllegalStateException().isThrownBy(() -> session.data()).withMessageContaining("@WithSession");
    }

    @Test
    void sessionsOfRequestsAreFoundByTokenAndReference() {
        long others = sessions.count();
        String token = given().get("/start?user=7").then().statusCode(204).extract().cookie("connsid");
        SessionInfo found = sessions.find(token).orElseThrow();

        assertThat(found.data()).isEqualTo(SessionData.of("user_id", "7"));
        assertThat(sessions.find(new SessionCookie("connsid", token))).contains(found);
        assertThat(sessions.find("user_id", 7)).containsExactly(found);
        assertThat(sessions.count()).isEqualTo(others + 1);
        assertThat(sessions.destroy(found.id())).isTrue();
        assertThat(sessions.destroy(found.id())).isFalse();
        assertThat(sessions.find(token)).isEmpty();
    }

    @Test
    void textsThatAreNoTokensFindNothing() {
        TestSession made = sessions.create();
        char last = made.token().charAt(made.token().length() - 1);
        String forged = made.token().substring(0, made.token().length() - 1) + (last == 'A' ? 'B' : 'A');
        assertThat(sessions.find("nonsense")).isEmpty();
        assertThat(sessions.find(forged)).isEmpty();
        assertThat(sessions.find(made.token())).isPresent();
    }

    @Test
    void csrfTokenIsTakenByTheApplication() {
        TestSession ada = sessions.create(session -> session.login("ada", Set.of()));
        given().headers(ada.headers()).header("Sec-Fetch-Site", "same-origin").header("X-CSRF-Token", ada.csrfToken())
                .body("Emma").post("/cart").then().statusCode(204);
        given().headers(ada.headers()).get("/cart").then().body(is("Emma"));
    }

    @Test
    void allSessionsCanBeEnded() {
        TestSession made = sessions.create();
        given().get("/start?user=7").then().statusCode(204);
        assertThat(sessions.destroyEverySession()).isGreaterThanOrEqualTo(2);
        assertThat(sessions.count()).isZero();
        assertThat(made.destroy()).isFalse();
        assertThat(made.data()).isEqualTo(SessionData.empty());
    }

    @Test
    void sessionBeyondALimitIsRefusedWithTheSettingNamed() {
        sessions.create(SessionData.of("seat", 1));
        assertThatIllegalStateException().isThrownBy(() -> sessions.create(SessionData.of("seat", 1)))
                .withMessageContaining("max-sessions");
    }

    @Test
    void sessionThatWasAuthenticatedInTheFutureIsRefusedWithTheMend() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sessions.create(session -> session.set(SessionData.empty()), Duration.ofHours(-1)))
                .withMessageContaining("authenticatedAgo is PT-1H").withMessageContaining("use a duration such as PT1H");
    }

    @Test
    void sessionIsAuthenticatedByALogInOnlyOrIfTheTestSaysSo() {
        assertThat(sessions.create(SessionData.of("a", 1)).authenticatedAt()).isEmpty();
        TestSession loggedIn = sessions.create(ImSession::renew);
        assertThat(loggedIn.authenticatedAt()).isEqualTo(loggedIn.stored().map(SessionInfo::createdAt));
        assertThat(loggedIn.stored().orElseThrow().authenticatedAt()).isEqualTo(loggedIn.authenticatedAt());
        assertThat(sessions.create(session -> session.set(SessionData.empty()), Duration.ofHours(1)).authenticatedAt())
                .isPresent();
    }
}
