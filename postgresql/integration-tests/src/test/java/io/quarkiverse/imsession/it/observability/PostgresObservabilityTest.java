package io.quarkiverse.imsession.it.observability;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItem;

import java.util.Map;

import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.it.PostgresProfile;
import io.quarkiverse.imsession.it.PostgresTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresObservabilityTest.OftenCleanedProfile.class)
class PostgresObservabilityTest extends ObservabilityContract {

    private static final String CLEANED = "imsession_store_cleaned_total";

    @Test
    void sessionsThatCleanUpRemovesAreCounted() {
        double before = samples().get(CLEANED);
        String id = Client.token(new Client().get("/api/views", null)).orElseThrow().substring(0, ID_LENGTH);
        PostgresTestResource.server().command("UPDATE imsession_session SET expires_at = now() - interval '1 h',"
                + " cleanup_at = now() WHERE id = ?", id);
        Awaitility.await().until(() -> samples().get(CLEANED) == before + 1);
        Assertions.assertThat(samples()).containsKey("imsession_store_retries_total");
    }

    @Test
    void applicationIsReadyWhileSessionsCanBeLoaded() {
        given().get("/q/health/ready").then().statusCode(200).body("checks.name", hasItem("Sessions in PostgreSQL"));
    }

    public static final class OftenCleanedProfile extends PostgresProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.imsession.postgresql.cleanup-interval", "100MS");
        }
    }
}
