package io.quarkiverse.imsession.runtime.redis.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.redis.RedisFixture;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.test.RedisServer;

/** What the index costs. Each test has a Redis of its own, where nobody else's commands are counted. */
class RedisIndexCommandsTest {

    private static final Expiry DAY = new Expiry(Duration.ofDays(1), null, null);

    @RegisterExtension
    final RedisFixture<RedisServer> redis = RedisFixture.standalone("test", "user_id");

    private final SecureRandom random = new SecureRandom();

    @Test
    void commitsThatExtendASessionALittleNeedNoEntry() throws Exception {
        SessionToken token = create(SessionData.of("user_id", 7));
        update(token, "1");
        // Loading is what this test does itself.
        assertThat(redis.server().count(() -> update(token, "2"))).isEqualTo(Map.of("hgetall", 1, "evalsha", 1));
    }

    @Test
    void aPageOfAllIsOneScanAndOneLoadForEachSession() throws Exception {
        for (int i = 0; i < 10; i++) {
            create(SessionData.of("a", i));
        }
        Map<String, Integer> commands = redis.server()
                .count(() -> assertThat(await(redis.store().findAll(null, 1000)).sessions()).hasSize(10));
        // It asks whether there is a cluster, which Redis 6.2 does not show.
        commands.remove("cluster");
        assertThat(commands).isEqualTo(Map.of("scan", 1, "hgetall", 10));
    }

    private SessionToken create(SessionData data) {
        SessionToken token = SessionToken.generate(random);
        await(redis.store().create(token.id(), new NewSession(token.hash(), data, DAY)));
        return token;
    }

    private void update(SessionToken token, String json) {
        await(redis.store().update(token.id(), new SessionUpdate(await(redis.store().load(token.id())), token.hash(),
                Map.of("a", json), Set.of(), TokenChange.KEEP, DAY)));
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
