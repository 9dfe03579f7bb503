package io.quarkiverse.imsession.it.races;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@Tag("shared")
@QuarkusTest
@TestProfile(RedisProfile.class)
class RedisRacesTest extends RacesContract {

    @Override
    void assertNothingIsLeft(String token) {
        String id = Client.id(token);
        assertThat(RedisTestResource.server().keys()).noneMatch(key -> key.contains(id));
    }
}
