package io.quarkiverse.imsession.it.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.PostgresCountedProfile;
import io.quarkiverse.imsession.it.PostgresTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresCountedProfile.class)
class PostgresBadTokensTest extends BadTokensContract {

    @Override
    void assertStoreCommands(int most, ThrowingRunnable request) throws Exception {
        assertThat(PostgresTestResource.server().statements(request::run)).isLessThanOrEqualTo(most);
    }
}
