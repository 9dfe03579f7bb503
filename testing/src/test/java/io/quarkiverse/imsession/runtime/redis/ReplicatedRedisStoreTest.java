package io.quarkiverse.imsession.runtime.redis;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.test.ReplicatedRedis;
import io.quarkiverse.imsession.testing.SessionStoreContract;

/** A store whose changes wait for a replica is a store like any other. */
@Tag("further")
class ReplicatedRedisStoreTest extends SessionStoreContract {

    @RegisterExtension
    static final RedisFixture<ReplicatedRedis> REDIS = RedisFixture.replicated("test");

    @Override
    protected SessionStore store() {
        return REDIS.store();
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        return Duration.ofMillis((Long) REDIS.server().primary().command("PTTL", REDIS.keys().session(id)));
    }
}
