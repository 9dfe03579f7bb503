package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.redis.RedisKeys;

class RedisKeysBeanTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class).config("quarkus.imsession.store", "memory")
            .config("quarkus.imsession.redis.key-prefix", "shop");

    @Inject
    RedisKeys keys;

    @Test
    void keysHaveThePrefixOfTheSettingsAlsoWhereSessionsAreKeptInMemory() {
        SessionId id = new SessionId("abcXYZ0123456789-_abcd");
        assertThat(keys.session(id)).isEqualTo("shop:{" + id + "}");
        assertThat(keys.reference("user_id", 7)).isEqualTo("shop:ref:user_id:{7}");
    }
}
