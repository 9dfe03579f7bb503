package io.quarkiverse.imsession.runtime.histories;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.redis.RedisFixture;
import io.quarkiverse.imsession.test.RedisCluster;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;

@Tag("further")
class RedisClusterHistoryTest extends RedisHistoryContract {

    @RegisterExtension
    static final RedisFixture<RedisCluster> REDIS = RedisFixture.cluster("other");

    RedisClusterHistoryTest() {
        super(options());
    }

    private static RedisOptions options() {
        RedisOptions options = new RedisOptions().setType(RedisClientType.CLUSTER);
        REDIS.server().uris().forEach(options::addConnectionString);
        return options;
    }
}
