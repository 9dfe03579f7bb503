package io.quarkiverse.imsession.runtime.histories;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;

import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.histories.History.Instance;
import io.quarkiverse.imsession.runtime.model.Values;
import io.quarkiverse.imsession.runtime.redis.RedisSessionStore;
import io.quarkiverse.imsession.runtime.redis.client.Replicas;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;

/** Three instances of the application share one Redis, each with a link to it for each of several event loops. */
abstract class RedisHistoryContract extends HistoryContract {

    private static final int INSTANCES = 3;
    private static final int EVENT_LOOPS = 4;
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
    private final List<RedisSessionStore> stores = new ArrayList<>();

    RedisHistoryContract(RedisOptions options) {
        for (int i = 0; i < INSTANCES; i++) {
            stores.add(new RedisSessionStore(vertx, () -> Redis.createClient(vertx, options), new RedisKeys("histories"),
                    COMMAND_TIMEOUT, Replicas.NONE, Values.REFERENCES, SessionLimits.NONE));
        }
    }

    @AfterEach
    void close() {
        stores.forEach(RedisSessionStore::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Override
    protected List<Instance> instances() {
        return EventLoops.instances(vertx, stores);
    }
}
