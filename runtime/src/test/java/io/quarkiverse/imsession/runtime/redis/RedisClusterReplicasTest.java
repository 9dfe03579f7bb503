package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.redis.client.Replicas;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.RedisCluster;
import io.quarkiverse.imsession.test.RedisServer;

/** A cluster: WAIT has no key, and must nevertheless ask the node that ran the script. */
@Tag("further")
class RedisClusterReplicasTest {

    @RegisterExtension
    final RedisFixture<RedisCluster> redis = RedisFixture.cluster("test");

    private final SecureRandom random = new SecureRandom();

    @Test
    void eachNodeIsAskedForItsOwnReplicas() {
        RedisSessionStore store = redis.newStore(new Replicas(1, Duration.ofMillis(100)));
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> create(store)).cause().isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining("quarkus.imsession.redis.replicas is 1, but 0 of");
        }
        store.close();

        redis.server().startReplicas();
        RedisSessionStore patient = redis.newStore(new Replicas(1, Duration.ofSeconds(10)));
        Set<RedisServer> nodes = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            SessionToken token = create(patient);
            nodes.add(redis.server().owner(key(token)));
            change(patient, token);
        }
        assertThat(nodes).hasSize(3);

        // The replica of one node lacks: only its sessions cannot be changed.
        RedisServer lonely = redis.server().nodes().get(0);
        RedisSessionStore hasty = redis.newStore(new Replicas(1, Duration.ofMillis(500)));
        List<SessionToken> tokens = IntStream.range(0, 30).mapToObj(i -> create(patient)).toList();
        // A new connection needs all nodes, also a replica that has just stopped: it is known until it counts as failed.
        change(hasty, tokens.get(0));
        redis.server().replica(lonely).stop();
        for (SessionToken token : tokens) {
            if (redis.server().owner(key(token)) == lonely) {
                assertThatThrownBy(() -> change(hasty, token)).hasMessageContaining("redis.replicas");
            }
        }
        patient.close();
        hasty.close();
    }

    @Test
    void changeFollowsASlotThatMovesAndIsAwaitedAtItsNewNode() {
        redis.server().startReplicas();
        RedisSessionStore store = redis.newStore(new Replicas(1, Duration.ofSeconds(10)));
        List<SessionToken> tokens = IntStream.range(0, 30).mapToObj(i -> create(store)).toList();
        RedisServer from = redis.server().nodes().get(0);
        RedisServer to = redis.server().nodes().get(1);
        SessionToken moving = tokens.stream().filter(token -> redis.server().owner(key(token)) == from).findFirst()
                .orElseThrow();
        StoredSession loaded = await(store.load(moving.id()));
        redis.server().moveSlot(key(moving), to);

        // The client has not heard of the move: it has loaded nothing since.
        List<CompletableFuture<UpdateResult>> changes = IntStream.range(0, 5)
                .mapToObj(i -> update(store, moving, loaded, i).toCompletableFuture()).toList();
        changes.forEach(change -> assertThat(await(change)).isInstanceOf(UpdateResult.Updated.class));
        assertThat(redis.server().replica(to).keys()).contains(key(moving));
        store.close();
    }

    private SessionToken create(RedisSessionStore store) {
        SessionToken token = SessionToken.generate(random);
        await(store.create(token.id(),
                new NewSession(token.hash(), SessionData.of("a", 1), new Expiry(Duration.ofDays(1), null, null))));
        return token;
    }

    private static void change(RedisSessionStore store, SessionToken token) {
        assertThat(await(update(store, token, await(store.load(token.id())), 2))).isInstanceOf(UpdateResult.Updated.class);
    }

    private static CompletionStage<UpdateResult> update(RedisSessionStore store, SessionToken token, StoredSession loaded,
            int value) {
        return store.update(token.id(), new SessionUpdate(loaded, token.hash(), Map.of("a", Integer.toString(value)), Set.of(),
                TokenChange.KEEP, null));
    }

    private String key(SessionToken token) {
        return redis.keys().session(token.id());
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
