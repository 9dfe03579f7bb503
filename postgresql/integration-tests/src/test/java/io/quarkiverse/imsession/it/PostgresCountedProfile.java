package io.quarkiverse.imsession.it;

import java.util.Map;

/** For tests that count statements, and mean those of requests. */
public class PostgresCountedProfile extends PostgresProfile {

    public static final Map<String, String> NO_CLEANUP = Map.of("quarkus.imsession.postgresql.cleanup-interval", "0S");

    @Override
    public Map<String, String> getConfigOverrides() {
        return NO_CLEANUP;
    }
}
