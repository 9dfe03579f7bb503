package io.quarkiverse.imsession.runtime.redis;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.spi.JournalStore;
import io.quarkiverse.imsession.test.RedisCluster;
import io.quarkiverse.imsession.testing.JournalStoreContract;

class RedisClusterJournalsTest extends JournalStoreContract {

    @RegisterExtension
    static final RedisFixture<RedisCluster> REDIS = RedisFixture.cluster("test");

    @Override
    protected JournalStore store() {
        return REDIS.store();
    }
}
