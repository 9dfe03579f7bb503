package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionStore;
import io.vertx.core.Vertx;

/** An application that keeps sessions of a cluster near: it connects to each node as the settings of the cluster say. */
@Tag("further")
class NearCacheClusterTest {

    private static final int SESSIONS = 20;

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, RawRedis.class).redisCluster()
            .config("quarkus.imsession.near-cache.enabled", "true");

    @Inject
    SessionStore store;

    @Inject
    Vertx vertx;

    @Test
    void readsCostNoCommandOnAnyNodeAndEndsElsewhereAreSeen() {
        List<String> tokens = IntStream.range(0, SESSIONS).mapToObj(i -> Client.login("name", "anna" + i)).toList();
        List<RawRedis> nodes = ConfigProvider.getConfig().getValues("quarkus.redis.hosts", String.class).stream()
                .map(uri -> new RawRedis(vertx, uri)).toList();
        await().until(() -> {
            read(tokens);
            long before = loads(nodes);
            read(tokens);
            return loads(nodes) == before;
        });
        // As another instance would: nobody here is told, but by Redis.
        tokens.forEach(
                token -> store.destroy(new SessionId(token.substring(0, SessionId.LENGTH))).toCompletableFuture().join());
        await().until(() -> tokens.stream().allMatch(token -> Client.get("/read", token).asString().equals("no session")));
        nodes.forEach(RawRedis::close);
    }

    private static void read(List<String> tokens) {
        for (int i = 0; i < SESSIONS; i++) {
            assertThat(Client.get("/read", tokens.get(i)).asString()).isEqualTo("{name=anna" + i + "}");
        }
    }

    private static long loads(List<RawRedis> nodes) {
        return nodes.stream().mapToLong(node -> node.calls("hgetall")).sum();
    }
}
