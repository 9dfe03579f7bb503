package io.quarkiverse.imsession.runtime.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.histories.History.Instance;
import io.quarkiverse.imsession.runtime.model.Values;
import io.quarkiverse.imsession.runtime.redis.RedisSessionStore;
import io.quarkiverse.imsession.runtime.redis.client.Replicas;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.test.RedisServer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.redis.client.Redis;

/** Three instances of the application share one Redis, each with a link to it for each of several event loops. */
class RedisHistoryTest extends HistoryContract {

    private static final int INSTANCES = 3;
    private static final int EVENT_LOOPS = 4;
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
    private static final int DISTURBED_OPERATIONS = 6400;

    private final RedisServer server = RedisServer.start();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
    private final List<RedisSessionStore> stores = new ArrayList<>();

    RedisHistoryTest() {
        for (int i = 0; i < INSTANCES; i++) {
            stores.add(new RedisSessionStore(vertx, () -> Redis.createClient(vertx, server.uri()), new RedisKeys("histories"),
                    COMMAND_TIMEOUT, Replicas.NONE, Values.REFERENCES, SessionLimits.NONE));
        }
    }

    @AfterEach
    void close() {
        stores.forEach(RedisSessionStore::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    /** All clients have contexts of their own: a thread would get the same one each time. */
    @Override
    List<Instance> instances() {
        Context context = CompletableFuture.supplyAsync(vertx::getOrCreateContext, task -> new Thread(task).start()).join();
        return stores.stream().map(store -> new Instance(store, call -> {
            CompletableFuture<Void> called = new CompletableFuture<>();
            context.runOnContext(ignored -> {
                try {
                    call.run();
                    called.complete(null);
                } catch (Throwable e) {
                    called.completeExceptionally(e);
                }
            });
            called.join();
        })).toList();
    }

    /** What was asked on a connection that was lost may have been done, once, or not. */
    @Test
    void anOrderOfTheCallsExplainsAllAnswersAlsoWhenConnectionsAreLost() throws Exception {
        History history = new History();
        run(history, DISTURBED_OPERATIONS, () -> server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"));
        assertThat(history.tally()).containsKeys("failed", "Keep CURRENT");
    }
}
