package io.quarkiverse.imsession.runtime.histories;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.redis.RedisFixture;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.test.RedisServer;

class RedisDeviceHistoryTest extends DeviceHistoryContract {

    @RegisterExtension
    static final RedisFixture<RedisServer> REDIS = RedisFixture.standalone("device");

    @Override
    SessionStore store() {
        return REDIS.store();
    }
}
