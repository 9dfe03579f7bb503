package io.quarkiverse.imsession.it.csrf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.PostgresTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresFormChunksTest.PostgresFormChunksProfile.class)
class PostgresFormChunksTest extends FormChunksContract {

    public static final class PostgresFormChunksProfile extends Profile {

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
