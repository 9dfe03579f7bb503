package io.quarkiverse.imsession.it.input;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@Tag("shared")
@QuarkusTest
@TestProfile(RedisProfile.class)
class RedisPlantedCookiesTest extends PlantedCookiesContract {

    @Override
    void assertStoreCommands(int most, BadTokensContract.ThrowingRunnable request) throws Exception {
        RedisBadTokensTest.assertRedisCommands(most, request);
    }
}
