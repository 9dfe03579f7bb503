package io.quarkiverse.imsession.runtime.redis.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.RedisSessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.test.RedisServer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

class FlushConsolidationTest {

    private static final int COMMANDS = 100;
    private static final Expiry HOUR = new Expiry(Duration.ofHours(1), null, null);

    private final SecureRandom random = new SecureRandom();
    private final RedisServer server = RedisServer.start();
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final RedisSessionStore store = new RedisSessionStore(vertx, () -> Redis.createClient(vertx, server.uri()),
            new RedisKeys("test"), Duration.ofSeconds(10), Replicas.NONE, Set.of(), SessionLimits.NONE);

    @BeforeEach
    void connect() {
        inOneTurn(this::create, 1);
    }

    @AfterEach
    void stop() {
        store.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @Test
    void readsOfOneTurnArriveTogether() {
        SessionToken token = SessionToken.generate(random);
        long before = readsOfRedis();
        inOneTurn(() -> store.load(token.id()), COMMANDS);
        assertThat(readsOfRedis() - before).isLessThan(COMMANDS / 10);
    }

    @Test
    void scriptsOfOneTurnArriveTogether() {
        long before = readsOfRedis();
        inOneTurn(this::create, COMMANDS);
        // They are larger than what Redis reads at once, which is 16 KB.
        assertThat(readsOfRedis() - before).isLessThan(COMMANDS / 4);
    }

    private CompletionStage<?> create() {
        SessionToken token = SessionToken.generate(random);
        return store.create(token.id(), new NewSession(token.hash(), SessionData.of("user", 1), HOUR));
    }

    private void inOneTurn(Supplier<CompletionStage<?>> command, int count) {
        CompletableFuture<List<CompletableFuture<?>>> sent = new CompletableFuture<>();
        context.runOnContext(ignored -> sent.complete(IntStream.range(0, count)
                .<CompletableFuture<?>> mapToObj(i -> command.get().toCompletableFuture()).toList()));
        sent.join().forEach(CompletableFuture::join);
    }

    /** How often it read from a connection. */
    private long readsOfRedis() {
        return server.stat("total_reads_processed");
    }
}
