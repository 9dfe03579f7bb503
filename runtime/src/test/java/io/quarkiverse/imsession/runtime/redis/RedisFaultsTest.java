package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.RedisScript;
import io.quarkiverse.imsession.runtime.redis.client.Replicas;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.RedisProxy;
import io.quarkiverse.imsession.test.RedisServer;
import io.vertx.core.Context;
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
                TIMEOUT, Replicas.NONE, Set.of(), SessionLimits.NONE);
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
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::works);
    }

    @Test
    void loadAfterARestartNeedsNoSecondTry() {
        SessionToken token = create();
        server.stop();
        server.restart();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::works);
        assertThat(load(token)).isNull();
    }

    @Test
    void hungRedisFailsWithinTheTimeoutAndWorksAgainAfterwards() {
        SessionToken token = create();
        server.hang();
        long start = System.nanoTime();
        assertFails(() -> load(token));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(TIMEOUT, TIMEOUT.multipliedBy(10));
        server.goOn();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::works);
        assertThat(load(token)).isNotNull();
    }

    @Test
    void primaryThatBecameAReplicaIsLeftForTheNewOne() {
        try (RedisServer other = RedisServer.start()) {
            RedisServer old = server;
            SessionToken token = create();
            // As Sentinel does: the name leads to another server.
            server = other;
            old.command("REPLICAOF", "127.0.0.1", Integer.toString(other.port()));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::works);
            assertThat(load(token)).isNull();
            server = old;
        }
    }

    /** Only those that change something are told that their server is a replica now. */
    @Test
    void replicaIsLeftByConnectionsThatOnlyReadToo() {
        Context reading = vertx.getOrCreateContext();
        SessionToken token = create();
        assertThat(load(token, reading)).isNotNull();
        try (RedisServer other = RedisServer.start()) {
            RedisServer old = server;
            server = other;
            old.command("REPLICAOF", "127.0.0.1", Integer.toString(RedisServer.freePort()));
            assertThat(load(token, reading)).isNotNull();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::works);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> load(token, reading) == null);
            server = old;
        }
    }

    private StoredSession load(SessionToken token, Context context) {
        CompletableFuture<StoredSession> loaded = new CompletableFuture<>();
        context.runOnContext(ignored -> store.load(token.id()).whenComplete((session, failure) -> {
            if (failure == null) {
                loaded.complete(session);
            } else {
                loaded.completeExceptionally(failure);
            }
        }));
        return loaded.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Test
    void replicaThatStaysOneIsReadFromAndNotConnectedToAgainAndAgain() {
        SessionToken token = create();
        server.command("REPLICAOF", "127.0.0.1", Integer.toString(RedisServer.freePort()));
        assertFails(this::create);
        long connections = connectionsEver();
        long start = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            var loaded = store.load(token.id()).toCompletableFuture();
            assertFails(this::create);
            assertThat(loaded.orTimeout(60, TimeUnit.SECONDS).join()).isNotNull();
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        // One is made by looking at the number.
        assertThat(connectionsEver() - connections).isLessThanOrEqualTo(seconds + 3);
        server.command("REPLICAOF", "NO", "ONE");
        create();
    }

    @Test
    void changeThatFailedAsTheNetworkHeldItBackDoesNotUndoALaterOne() throws Exception {
        try (RedisProxy proxy = RedisProxy.start(server)) {
            store.close();
            store = new RedisSessionStore(vertx, () -> Redis.createClient(vertx, proxy.uri()), new RedisKeys("test"), TIMEOUT,
                    Replicas.NONE,
                    Set.of(), SessionLimits.NONE);
            SessionToken token = create();
            StoredSession stored = load(token);
            // Also Redis knows the script.
            change(token, stored, 2);
            proxy.hold("evalsha");
            assertFails(() -> change(token, stored, 3));
            Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
                change(token, stored, 4);
                return true;
            });
            // That of the store, and those that look and count; the old one is closed when its command was run.
            assertThat(server.count(() -> {
                proxy.release();
                Awaitility.await().until(() -> connections() == 3);
            })).containsKey("evalsha");
            assertThat(load(token).data()).isEqualTo(SessionData.of("a", 4));
        }
    }

    @Test
    void clockOfRedisThatIsSetForwardMakesNoChangeFail() throws Exception {
        SessionToken token = create();
        StoredSession stored = load(token);
        store.clock().set(System.currentTimeMillis() - Duration.ofMinutes(1).toMillis());
        change(token, stored, 2);
        assertThat(load(token).data()).isEqualTo(SessionData.of("a", 2));
    }

    @Test
    void nothingOfARequestThatFailedIsKept() {
        SessionToken token = create();
        server.hang();
        List<WeakReference<Object>> loads = new ArrayList<>();
        List<CompletableFuture<?>> ends = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            CompletableFuture<StoredSession> load = store.load(token.id()).toCompletableFuture();
            loads.add(new WeakReference<>(load));
            CompletableFuture<Void> end = new CompletableFuture<>();
            load.whenComplete((stored, failure) -> end.complete(null));
            ends.add(end);
        }
        ends.forEach(end -> end.orTimeout(60, TimeUnit.SECONDS).join());
        server.goOn();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::works);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            System.gc();
            return loads.stream().allMatch(load -> load.get() == null);
        });
        // That of the store, and the one that asks.
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> connections() == 2);
    }

    @Test
    void connectionsThatRedisKillsAreMadeAnew() {
        SessionToken token = create();
        server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::works);
        assertThat(load(token)).isNotNull();
    }

    @Test
    void chosenFieldsAreReadAlsoIfTheConnectionIsLostMeanwhileAndTheScriptForgotten() {
        try (RedisProxy proxy = RedisProxy.start(server)) {
            store.close();
            store = new RedisSessionStore(vertx, () -> Redis.createClient(vertx, proxy.uri()), new RedisKeys("test"),
                    Duration.ofSeconds(8), Replicas.NONE, Set.of(), SessionLimits.NONE);
            SessionToken token = create();
            server.command("SCRIPT", "FLUSH");
            proxy.cutAfter("evalsha", 1);
            assertThat(store.load(token.id(), Set.of("a")).toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join())
                    .isNotNull();
            assertThat(proxy.wasCut()).isTrue();
        }
    }

    /** The time limit is long, as the loads also wait for the new connection. */
    @Test
    void moreCommandsThanTheClientTakesAreServedAlsoIfTheConnectionIsLostMeanwhile() {
        store.close();
        store = new RedisSessionStore(vertx, () -> Redis.createClient(vertx, server.uri()), new RedisKeys("test"),
                Duration.ofSeconds(8), Replicas.NONE, Set.of(), SessionLimits.NONE);
        SessionToken token = create();
        server.hang();
        var loads = IntStream.range(0, 5_000).mapToObj(i -> store.load(token.id()).toCompletableFuture()).toList();
        server.goOn();
        server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        assertThat(loads).allMatch(load -> load.orTimeout(60, TimeUnit.SECONDS).join() != null);
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
                Replicas.NONE,
                Set.of("a"), SessionLimits.NONE);
        SessionToken token = SessionToken.generate(random);
        assertThat(whileBusy(() -> store.create(token.id(), newSession(token)))).isNotNull();
        assertThat(store.find(new Reference("a", "1"), null, 10, null).toCompletableFuture().orTimeout(60, TimeUnit.SECONDS)
                .join().sessions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void whatRedisFindsLateIsNotSentAgainWhenItsEntriesMayBeTakenForThoseOfADeadSession(boolean update) throws Exception {
        Duration timeout = Duration.ofSeconds(2);
        try (RedisProxy proxy = RedisProxy.start(server)) {
            store.close();
            store = new RedisSessionStore(vertx, () -> Redis.createClient(vertx, proxy.uri()), new RedisKeys("test"), timeout,
                    Replicas.NONE,
                    Set.of("a"), SessionLimits.NONE);
            SessionToken old = SessionToken.generate(random);
            store.create(old.id(), new NewSession(old.hash(), SessionData.empty(), new Expiry(Duration.ofDays(1), null, null)))
                    .toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
            StoredSession basis = load(old);
            // Redis knows the script that makes entries, so of the others the first is sent as a text.
            server.command("SCRIPT", "FLUSH");
            server.command("SCRIPT", "LOAD", RedisScript.load("time.lua", "enter.lua").source());
            proxy.hold("eval");
            SessionToken token = SessionToken.generate(random);
            Supplier<CompletionStage<?>> call = update
                    ? () -> store.update(old.id(), new SessionUpdate(basis, old.hash(), Map.of("a", "1"), Set.of(),
                            TokenChange.KEEP, null))
                    : () -> store.create(token.id(), newSession(token));
            Context context = vertx.getOrCreateContext();
            CompletableFuture<Object> result = new CompletableFuture<>();
            // Its link connects first: that tells the time of Redis.
            context.runOnContext(ignored -> store.load(token.id()).thenAccept(none -> {
                store.clock().set(System.currentTimeMillis() - Duration.ofMinutes(1).toMillis());
                call.get().whenComplete((done, failure) -> {
                    if (failure == null) {
                        result.complete(done);
                    } else {
                        result.completeExceptionally(failure);
                    }
                });
            }));
            proxy.awaitHeld();
            // Nobody reads the reply before the time of the entries is over.
            context.runOnContext(ignored -> {
                proxy.release();
                LockSupport.parkNanos(timeout.multipliedBy(2).toNanos());
            });
            assertThatThrownBy(() -> result.orTimeout(60, TimeUnit.SECONDS).join()).cause()
                    .isInstanceOf(SessionStoreException.class).hasMessageContaining("was not entered into the index");
            assertThat(load(token)).isNull();
            assertThat(load(old).data()).isEqualTo(SessionData.empty());
        }
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
        return result.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Test
    void errorsNameNeitherTokenNorData() {
        server.command("CONFIG", "SET", "maxmemory", "100kb");
        server.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
        SessionToken token = SessionToken.generate(random);
        assertThatThrownBy(() -> store.create(token.id(),
                new NewSession(token.hash(), SessionData.of("a", "top secret"), new Expiry(Duration.ofDays(1), null, null)))
                .toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join())
                .isInstanceOf(CompletionException.class).cause().isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("OOM").hasMessageNotContaining("top secret")
                .hasMessageNotContaining(token.hash().value());
    }

    private long connectionsEver() {
        return server.stat("total_connections_received");
    }

    private long connections() {
        return ((String) server.command("CLIENT", "LIST")).lines().count();
    }

    private void change(SessionToken token, StoredSession stored, int value) {
        assertThat(store.update(token.id(), new SessionUpdate(stored, token.hash(), Map.of("a", Integer.toString(value)),
                Set.of(), TokenChange.KEEP, null)).toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join())
                .isInstanceOf(UpdateResult.Updated.class);
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
        return store.load(token.id()).toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private SessionToken create() {
        SessionToken token = SessionToken.generate(random);
        store.create(token.id(), newSession(token)).toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
        return token;
    }

    private static NewSession newSession(SessionToken token) {
        return new NewSession(token.hash(), SessionData.of("a", 1), new Expiry(Duration.ofDays(1), null, null));
    }
}
