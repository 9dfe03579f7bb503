package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.Replicas;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.ReplicatedRedis;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

/**
 * What it costs that a replica must have each change: changes by one event loop, one after the other, and of many sessions at
 * the same time. {@code -Dimsession.replicas.changes} is their number; the figures are added to {@code target/replicas.txt}.
 */
@Tag("full")
class ReplicaCostTest {

    private static final int CHANGES = Integer.getInteger("imsession.replicas.changes", 1000);
    private static final int SESSIONS = 64;
    private static final int ROUNDS = 5;
    private static final Path REPORT = Path.of("target", "replicas.txt");

    private final SecureRandom random = new SecureRandom();

    @Test
    void changesThatReplicasMustHaveAreStoredOneAfterTheOtherAndManyAtATime() throws IOException {
        Vertx vertx = Vertx.vertx();
        try (ReplicatedRedis redis = ReplicatedRedis.start()) {
            List<Cost> costs = List.of(new Cost(vertx, redis, Replicas.NONE),
                    new Cost(vertx, redis, new Replicas(1, Duration.ofSeconds(5))));
            for (int i = 0; i <= ROUNDS; i++) {
                for (Cost cost : costs) {
                    cost.measure(i);
                }
            }
            for (Cost cost : costs) {
                cost.report();
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private final class Cost {

        private final int replicas;
        private final RedisSessionStore store;
        private final List<Changes> sessions;
        private final long[] latencies = new long[ROUNDS * CHANGES];
        private final long[] perSecond = new long[ROUNDS];

        Cost(Vertx vertx, ReplicatedRedis redis, Replicas replicas) {
            this.replicas = replicas.count();
            this.store = new RedisSessionStore(vertx, () -> Redis.createClient(vertx, redis.primary().uri()),
                    new RedisKeys("cost"), Duration.ofSeconds(10), replicas, Set.of(), SessionLimits.NONE);
            this.sessions = IntStream.range(0, SESSIONS).mapToObj(i -> new Changes(store)).toList();
        }

        /** @param round 0 to warm up */
        void measure(int round) {
            for (int i = 0; i < CHANGES; i++) {
                long begin = System.nanoTime();
                await(sessions.get(0).make(1));
                if (round > 0) {
                    latencies[(round - 1) * CHANGES + i] = System.nanoTime() - begin;
                }
            }
            long begin = System.nanoTime();
            int each = Math.max(1, 10 * CHANGES / SESSIONS);
            List<CompletableFuture<Void>> all = sessions.stream().map(session -> session.make(each).toCompletableFuture())
                    .toList();
            all.forEach(ReplicaCostTest::await);
            if (round > 0) {
                perSecond[round - 1] = (long) each * SESSIONS * 1_000_000_000 / (System.nanoTime() - begin);
            }
        }

        void report() throws IOException {
            Arrays.sort(latencies);
            Arrays.sort(perSecond);
            String line = String.format(Locale.ROOT,
                    "replicas=%d | one after the other: median %d µs, 99 of 100 within %d µs | %d sessions: %d changes a second%n",
                    replicas, latencies[latencies.length / 2] / 1000, latencies[latencies.length * 99 / 100] / 1000, SESSIONS,
                    perSecond[ROUNDS / 2]);
            Files.writeString(REPORT, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            store.close();
        }
    }

    /** A session that is changed again and again. */
    private final class Changes {

        private final SessionStore store;
        private final SessionToken token = SessionToken.generate(random);
        private int value;

        Changes(SessionStore store) {
            this.store = store;
            await(store.create(token.id(), new NewSession(token.hash(), SessionData.of("user", 1, "views", 0),
                    new Expiry(Duration.ofDays(1), null, null))));
        }

        /** Loads and changes the session so many times. */
        CompletionStage<Void> make(int times) {
            if (times == 0) {
                return CompletableFuture.completedStage(null);
            }
            return store.load(token.id())
                    .thenCompose(basis -> store.update(token.id(),
                            new SessionUpdate(basis, token.hash(), Map.of("views", Integer.toString(++value)), Set.of(),
                                    TokenChange.KEEP, null)))
                    .thenCompose(result -> {
                        assertThat(result).isInstanceOf(UpdateResult.Updated.class);
                        return make(times - 1);
                    });
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
