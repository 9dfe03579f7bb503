package io.quarkiverse.imsession.it.faults;

import java.util.List;

import io.quarkiverse.imsession.it.RedisProfile;

/** Sessions in a Redis that writes each change to disk, behind a proxy. */
public class FaultsProfile extends RedisProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(FaultsTestResource.class));
    }
}
