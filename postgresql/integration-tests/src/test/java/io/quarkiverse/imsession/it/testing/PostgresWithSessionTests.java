package io.quarkiverse.imsession.it.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.it.PostgresProfile;
import io.quarkiverse.imsession.it.PostgresTestResource;
import io.quarkiverse.imsession.testing.TestSession;
import io.quarkiverse.imsession.testing.TestSessions;
import io.quarkiverse.imsession.testing.WithSession;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Tests of applications that keep sessions in PostgreSQL begin with a session there. */
@QuarkusTest
@TestProfile(PostgresWithSessionTests.OwnProfile.class)
class PostgresWithSessionTests {

    @Inject
    TestSessions sessions;

    @Test
    @WithSession(value = "{views: 3}", user = "ada")
    void testBeginsWithASession(TestSession made) {
        given().get("/api/session").then().statusCode(200).body("data.views", is(3));
        assertThat(PostgresTestResource.server().value("SELECT data->>'views' FROM imsession_session WHERE id = ?",
                made.id().value())).isEqualTo("3");
        assertThat(sessions.find(ImSession.PRINCIPAL, "ada")).hasSize(1);
    }

    @AfterAll
    static void nothingIsLeft() {
        assertThat(PostgresTestResource.server().command("SELECT id FROM imsession_session")).isEmpty();
    }

    /** An application whose sessions are those of this test only. */
    public static final class OwnProfile extends PostgresProfile {
    }
}
