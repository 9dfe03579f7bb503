package io.quarkiverse.imsession.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

import io.quarkiverse.imsession.runtime.store.RedisKeys;
import io.quarkiverse.imsession.runtime.store.RedisSessionStore;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.test.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

class RedisSessionAdministrationTest extends SessionAdministrationContract {

    private static RedisServer server;
    private static Vertx vertx;
    private static RedisSessionStore store;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        vertx = Vertx.vertx();
        store = new RedisSessionStore(vertx, () -> Redis.createClient(vertx, server.uri()), new RedisKeys("app"),
                Duration.ofSeconds(2),
                Set.of("user_id", "ip"));
    }

    @AfterAll
    static void stop() {
        store.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @Override
    SessionStore store() {
        return store;
    }

    /** Every set of the index belongs to a living session. */
    @AfterEach
    void noSetIsLeftWithoutItsSessions() {
        long sets = server.keys().stream().filter(key -> key.startsWith("app:ref:")).count();
        long sessions = server.keys().stream().filter(key -> key.startsWith("app:{")).count();
        assertThat(sets).isLessThanOrEqualTo(2 * sessions);
    }
}
