package io.quarkiverse.imsession.it.faults;

import java.util.HashMap;
import java.util.Map;

/** Sessions in a Redis that Sentinels watch. A change is acknowledged when the replica has it. */
public class ReplicatedSentinelProfile extends SentinelProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> config = new HashMap<>(super.getConfigOverrides());
        config.put("quarkus.imsession.redis.replicas", "1");
        return config;
    }
}
