package io.quarkiverse.imsession.it.paths;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.PostgresCountedProfile;
import io.quarkiverse.imsession.it.PostgresTestResource;
import io.quarkiverse.imsession.test.RedisServer.ThrowingRunnable;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresPathsTest.PostgresPathsProfile.class)
class PostgresPathsTest extends PathsContract {

    @Override
    int loads(ThrowingRunnable requests) throws Exception {
        return PostgresTestResource.server().statements(requests);
    }

    public static final class PostgresPathsProfile extends Profile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(super.getConfigOverrides());
            config.remove("%test.quarkus.imsession.store");
            config.putAll(PostgresCountedProfile.NO_CLEANUP);
            return config;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(PostgresTestResource.class));
        }
    }
}
