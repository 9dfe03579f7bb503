package io.quarkiverse.imsession.it;

import java.util.List;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** A PostgreSQL for the application, which keeps its sessions there because of its artifact. */
public class PostgresProfile implements QuarkusTestProfile {

    /** Tests that count statements mean those of requests. */
    public static final Map<String, String> NO_CLEANUP = Map.of("quarkus.imsession.postgresql.cleanup-interval", "0S");

    @Override
    public Map<String, String> getConfigOverrides() {
        return NO_CLEANUP;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(PostgresTestResource.class));
    }
}
