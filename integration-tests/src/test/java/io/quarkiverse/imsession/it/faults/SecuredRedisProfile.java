package io.quarkiverse.imsession.it.faults;

import java.util.List;

import io.quarkiverse.imsession.it.RedisProfile;

/** Sessions in a Redis with a password, over TLS. */
public class SecuredRedisProfile extends RedisProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(SecuredRedisTestResource.class));
    }
}
