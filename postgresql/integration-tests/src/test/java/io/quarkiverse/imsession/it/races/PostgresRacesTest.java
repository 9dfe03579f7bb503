package io.quarkiverse.imsession.it.races;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.PostgresProfile;
import io.quarkiverse.imsession.it.PostgresTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresProfile.class)
class PostgresRacesTest extends RacesContract {

    @Override
    void assertNothingIsLeft(String token) {
        assertThat(PostgresTestResource.server().command("SELECT 1 FROM imsession_session WHERE id = ?",
                token.substring(0, token.indexOf('.')))).isEmpty();
    }
}
