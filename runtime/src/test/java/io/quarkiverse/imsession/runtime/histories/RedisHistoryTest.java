package io.quarkiverse.imsession.runtime.histories;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.redis.RedisFixture;
import io.quarkiverse.imsession.test.RedisServer;
import io.vertx.redis.client.RedisOptions;

@Tag("further")
class RedisHistoryTest extends RedisHistoryContract {

    private static final int DISTURBED_OPERATIONS = 6400;
    @RegisterExtension
    static final RedisFixture<RedisServer> REDIS = RedisFixture.standalone("other");

    RedisHistoryTest() {
        super(new RedisOptions().setConnectionString(REDIS.server().uri()));
    }

    /** What was asked on a connection that was lost may have been done, once, or not. */
    @Test
    void anOrderOfTheCallsExplainsAllAnswersAlsoWhenConnectionsAreLost() throws Exception {
        History history = new History();
        run(history, DISTURBED_OPERATIONS, () -> REDIS.server().command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"));
        assertThat(history.tally()).containsKeys("failed", "Keep CURRENT");
    }
}
