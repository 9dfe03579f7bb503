package io.quarkiverse.imsession.it.journal;

import java.util.Map;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.faults.ClusterProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/**
 * A Redis Cluster whose sessions are kept near, so that a session and the journal of its user are on two nodes, or in memory.
 */
@Tag("packaged")
@QuarkusTest
@TestProfile(RedisClusterJournalTest.NearClusterProfile.class)
class RedisClusterJournalTest extends ShortJournalContract {

    public static final class NearClusterProfile extends ClusterProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = with(SETTINGS);
            config.put("quarkus.imsession.near-cache.enabled", "true");
            // A machine that is too busy for a second must not look like a Redis that is silent.
            config.put("quarkus.imsession.near-cache.max-silence", "10S");
            return config;
        }
    }
}
