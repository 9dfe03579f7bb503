package io.quarkiverse.imsession.it.csrf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.PostgresTestResource;
import io.quarkiverse.imsession.test.RedisServer.ThrowingRunnable;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresCsrfTest.PostgresCsrfProfile.class)
class PostgresCsrfTest extends CsrfContract {

    @Override
    void assertOneLoad(ThrowingRunnable request) throws Exception {
        assertThat(PostgresTestResource.server().count(request)).isEqualTo(Map.of("SELECT", 1));
    }

    public static final class PostgresCsrfProfile extends Profile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(super.getConfigOverrides());
            config.remove("%test.quarkus.imsession.store");
            return config;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(PostgresTestResource.class));
        }
    }
}
