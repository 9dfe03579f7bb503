package io.quarkiverse.imsession.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.PackagedApplication;
import io.quarkiverse.imsession.test.RedisServer;

@Tag("further")
class ParallelConnectionsIT extends ParallelConnectionsContract {

    @Test
    void twoHundredConnectionsAtOnceGetNoErrorAndNeedOneRedisConnectionForEachEventLoop() throws Exception {
        try (RedisServer redis = RedisServer.start();
                PackagedApplication demo = PackagedApplication.start("-Dquarkus.redis.hosts=" + redis.uri())) {
            useTogether(demo);
            assertThat(connections(redis)).isLessThanOrEqualTo(EVENT_LOOPS + 1);
            assertThat(redis.keys()).isEmpty();
        }
    }

    /** All but that of the question. */
    private static long connections(RedisServer redis) {
        return ((String) redis.command("CLIENT", "LIST")).lines().count() - 1;
    }
}
