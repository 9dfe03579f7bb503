package io.quarkiverse.imsession.it.faults;

import java.util.List;

import io.quarkiverse.imsession.it.RedisProfile;

/** Sessions in a Redis Cluster. */
public class ClusterProfile extends RedisProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(ClusterTestResource.class));
    }
}
