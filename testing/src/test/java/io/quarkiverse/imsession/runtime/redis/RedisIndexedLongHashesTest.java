package io.quarkiverse.imsession.runtime.redis;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.RedisServer;

@Tag("further")
class RedisIndexedLongHashesTest extends LongHashesContract {

    @RegisterExtension
    static final RedisFixture<RedisServer> REDIS = RedisFixture.standalone("test", "user", "views");

    @Override
    RedisFixture<RedisServer> redis() {
        return REDIS;
    }
}
