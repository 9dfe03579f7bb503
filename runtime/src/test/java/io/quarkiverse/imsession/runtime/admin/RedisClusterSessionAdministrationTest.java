package io.quarkiverse.imsession.runtime.admin;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.redis.RedisFixture;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.test.RedisCluster;

@Tag("further")
class RedisClusterSessionAdministrationTest extends SessionAdministrationContract {

    @RegisterExtension
    static final RedisFixture<RedisCluster> REDIS = RedisFixture.cluster("app", "user_id", "ip");

    @Override
    protected SessionStore store() {
        return REDIS.store();
    }
}
