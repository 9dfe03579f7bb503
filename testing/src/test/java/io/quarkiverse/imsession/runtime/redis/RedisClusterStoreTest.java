package io.quarkiverse.imsession.runtime.redis;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.test.RedisCluster;
import io.quarkiverse.imsession.testing.SessionStoreContract;

@Tag("further")
class RedisClusterStoreTest extends SessionStoreContract {

    @RegisterExtension
    static final RedisFixture<RedisCluster> REDIS = RedisFixture.cluster("test");

    @Override
    protected SessionStore store() {
        return REDIS.store();
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        String key = REDIS.keys().session(id);
        return Duration.ofMillis((Long) REDIS.server().command(key, "PTTL", key));
    }
}
