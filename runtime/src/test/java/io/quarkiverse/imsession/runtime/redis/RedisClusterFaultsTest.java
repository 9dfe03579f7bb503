package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.RedisCluster;
import io.quarkiverse.imsession.test.RedisServer;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;

@Tag("further")
class RedisClusterFaultsTest {

    @RegisterExtension
    final RedisFixture<RedisCluster> redis = RedisFixture.partialCluster("test");

    private final SecureRandom random = new SecureRandom();
    private RedisServer lost;
    private List<SessionToken> onOthers;
    private List<SessionToken> onLost;

    @BeforeEach
    void createSessions() {
        // The first one tells the client about the others.
        lost = redis.server().nodes().get(2);
        List<SessionToken> all = IntStream.range(0, 60).mapToObj(i -> create()).toList();
        onLost = all.stream().filter(token -> owner(token) == lost).toList();
        onOthers = all.stream().filter(token -> owner(token) != lost).toList();
        assertThat(onLost).isNotEmpty();
        assertThat(onOthers).isNotEmpty();
    }

    @Test
    void connectionsThatOneNodeKillsAreMadeAnewAndNothingIsLost() {
        for (int i = 0; i < 5; i++) {
            lost.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            // Reading is tried again.
            assertServed(onLost);
            assertServed(onOthers);
        }
    }

    @Test
    void othersServeWithoutAFailureWhileOneNodeIsDownAndAllServeWhenItIsBack() {
        lost.stop();
        Awaitility.await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertServed(onOthers);
            assertFails(onLost);
        });
        lost.restart();
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptionsInstanceOf(CompletionException.class)
                .until(() -> IntStream.range(0, 30).allMatch(i -> await(redis.store().load(create().id())) != null));
        assertServed(onOthers);
    }

    @Test
    void othersServeWithoutAFailureWhileOneNodeHangsAndItServesAgainAfterwards() {
        lost.hang();
        try {
            CompletionStage<StoredSession> hanging = redis.store().load(onLost.get(0).id());
            Awaitility.await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertServed(onOthers));
            assertThatThrownBy(() -> await(hanging)).cause().isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining("command-timeout");
        } finally {
            lost.goOn();
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptionsInstanceOf(CompletionException.class)
                .untilAsserted(() -> assertServed(onLost));
    }

    @Test
    void errorsNameNoPassword() {
        RedisOptions options = new RedisOptions().setType(RedisClientType.CLUSTER);
        // Redis takes any password of a user that needs none.
        redis.server().uris().forEach(uri -> options.addConnectionString(uri.replace("redis://", "redis://:topsecret@")));
        RedisSessionStore other = redis.newStore(options);
        assertThat(await(other.load(onLost.get(0).id()))).isNotNull();
        lost.stop();
        assertThatThrownBy(() -> {
            while (true) {
                await(other.load(onLost.get(0).id()));
            }
        }).hasMessageContaining("cannot be reached").satisfies(failure -> {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("topsecret").contains(Integer.toString(lost.port()));
        });
        other.close();
    }

    private void assertServed(List<SessionToken> tokens) {
        for (SessionToken token : tokens) {
            StoredSession stored = await(redis.store().load(token.id()));
            assertThat(stored).isNotNull();
            assertThat(await(redis.store().update(token.id(), new SessionUpdate(stored, token.hash(),
                    Map.of("a", Long.toString(stored.version())), Set.of(), TokenChange.KEEP, null))))
                    .isInstanceOf(UpdateResult.Updated.class);
        }
    }

    private void assertFails(List<SessionToken> tokens) {
        for (SessionToken token : tokens) {
            assertThatThrownBy(() -> await(redis.store().load(token.id()))).isInstanceOf(CompletionException.class).cause()
                    .isInstanceOf(SessionStoreException.class);
        }
    }

    private RedisServer owner(SessionToken token) {
        return redis.server().owner(redis.keys().session(token.id()));
    }

    private SessionToken create() {
        SessionToken token = SessionToken.generate(random);
        await(redis.store().create(token.id(),
                new NewSession(token.hash(), SessionData.of("a", 1), new Expiry(Duration.ofDays(1), null, null))));
        return token;
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
