package io.quarkiverse.imsession.it;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** Sessions in Redis. The packaged application was built for it: what is decided then cannot be overridden. */
public class RedisProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return with(Map.of());
    }

    /** Redis with some settings. */
    protected static Map<String, String> with(Map<String, String> settings) {
        Map<String, String> config = new HashMap<>(settings);
        config.put("%test.quarkus.imsession.store", "redis");
        return config;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(RedisTestResource.class));
    }
}
