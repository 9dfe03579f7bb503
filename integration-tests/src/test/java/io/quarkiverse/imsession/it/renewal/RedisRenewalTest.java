package io.quarkiverse.imsession.it.renewal;

import java.util.List;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(RedisRenewalTest.RedisProfile.class)
class RedisRenewalTest extends RenewalContract {

    public static final class RedisProfile extends Profile {

        @Override
        String store() {
            return "redis";
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(RedisTestResource.class));
        }
    }
}
