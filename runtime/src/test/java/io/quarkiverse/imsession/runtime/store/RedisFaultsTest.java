package io.quarkiverse.imsession.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.test.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

class RedisFaultsTest {

    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final SecureRandom random = new SecureRandom();
    private RedisServer server;
    private Vertx vertx;
    private RedisSessionStore store;

    @BeforeEach
    void start() {
        server = RedisServer.start();
        vertx = Vertx.vertx();
        store = new RedisSessionStore(vertx, () -> Redis.createClient(vertx, server.uri()), new RedisKeys("test"),
                TIMEOUT, Set.of());
        // The first command loads classes: on a busy machine that may take longer than the timeout.
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::works);
    }

    @AfterEach
    void stop() {
        store.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @Test
    void storeFailsWhileRedisIsDownAndWorksWhenItIsBack() {
        create();
        server.stop();
        assertFails(this::create);
        assertFails(this::create);
        server.restart();
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(this::works);
    }

    @Test
    void loadAfterARestartNeedsNoSecondTry() {
        SessionToken token = create();
        server.stop();
        server.restart();
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(this::works);
        assertThat(load(token)).isNull();
    }

    @Test
    void hungRedisFailsWithinTheTimeoutAndWorksAgainAfterwards() {
        SessionToken token = create();
        server.hang();
        long start = System.nanoTime();
        assertFails(() -> load(token));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(TIMEOUT, TIMEOUT.multipliedBy(4));
        server.goOn();
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(this::works);
        assertThat(load(token)).isNotNull();
    }

    @Test
    void connectionsThatRedisKillsAreMadeAnew() {
        SessionToken token = create();
        server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(this::works);
        assertThat(load(token)).isNotNull();
    }

    /** The time limit is long, as the loads also wait for the new connection. */
    @Test
    void moreCommandsThanTheClientTakesAreServedAlsoIfTheConnectionIsLostMeanwhile() {
        store.close();
        store = new RedisSessionStore(vertx, () -> Redis.createClient(vertx, server.uri()), new RedisKeys("test"),
                Duration.ofSeconds(8), Set.of());
        SessionToken token = create();
        server.hang();
        var loads = IntStream.range(0, 5_000).mapToObj(i -> store.load(token.id()).toCompletableFuture()).toList();
        server.goOn();
        server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        assertThat(loads).allMatch(load -> load.orTimeout(10, TimeUnit.SECONDS).join() != null);
    }

    @Test
    void busyEventLoopIsNotTakenForAHungRedis() {
        SessionToken token = create();
        assertThat(whileBusy(() -> store.load(token.id()))).isNotNull();
    }

    @Test
    void busyEventLoopDoesNotKeepASessionOutOfTheIndex() {
        store.close();
        store = new RedisSessionStore(vertx, () -> Redis.createClient(vertx, server.uri()), new RedisKeys("test"), TIMEOUT,
                Set.of("a"));
        SessionToken token = SessionToken.generate(random);
        assertThat(whileBusy(() -> store.create(token.id(), newSession(token)))).isNotNull();
        assertThat(store.find(new Reference("a", "1"), null, 10, null).toCompletableFuture().orTimeout(10, TimeUnit.SECONDS)
                .join().sessions()).hasSize(1);
    }

    /** Begins a call as a reply is read, and lets nothing be read for longer than the timeout. */
    private <T> T whileBusy(Supplier<CompletionStage<T>> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(ignored -> store.load(SessionToken.generate(random).id()).thenAccept(none -> {
            call.get().whenComplete((value, failure) -> {
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(failure);
                }
            });
            LockSupport.parkNanos(TIMEOUT.multipliedBy(3).toNanos());
        }));
        return result.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void errorsNameNeitherTokenNorData() {
        server.command("CONFIG", "SET", "maxmemory", "100kb");
        server.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
        SessionToken token = SessionToken.generate(random);
        assertThatThrownBy(() -> store.create(token.id(),
                new NewSession(token.hash(), SessionData.of("a", "top secret"), new Expiry(Duration.ofDays(1), null, null)))
                .toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join())
                .isInstanceOf(CompletionException.class).cause().isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("OOM").hasMessageNotContaining("top secret")
                .hasMessageNotContaining(token.hash().value());
    }

    private boolean works() {
        try {
            create();
            return true;
        } catch (CompletionException e) {
            return false;
        }
    }

    private void assertFails(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(CompletionException.class).cause().isInstanceOf(SessionStoreException.class);
    }

    private StoredSession load(SessionToken token) {
        return store.load(token.id()).toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private SessionToken create() {
        SessionToken token = SessionToken.generate(random);
        store.create(token.id(), newSession(token)).toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
        return token;
    }

    private static NewSession newSession(SessionToken token) {
        return new NewSession(token.hash(), SessionData.of("a", 1), new Expiry(Duration.ofDays(1), null, null));
    }
}
