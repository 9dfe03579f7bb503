package io.quarkiverse.imsession.runtime.redis;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.RedisClock;
import io.quarkiverse.imsession.runtime.redis.client.RedisLinks;
import io.quarkiverse.imsession.runtime.redis.client.Replicas;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.test.RedisCluster;
import io.quarkiverse.imsession.test.RedisProxy;
import io.quarkiverse.imsession.test.RedisSentinels;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.test.ReplicatedRedis;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.RedisRole;

/**
 * A Redis and a store on it. Register it in a static field to share it among the tests of a class, else each test has its own.
 *
 * @param <S> what runs Redis
 */
public final class RedisFixture<S extends AutoCloseable>
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

    static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);

    private final Supplier<S> start;
    private final Function<S, RedisOptions> options;
    private final RedisKeys keys;
    private final Replicas replicas;
    private final Set<String> references;
    private boolean shared;
    private S server;
    private Vertx vertx;
    private RedisSessionStore store;

    private RedisFixture(Supplier<S> start, Function<S, RedisOptions> options, String prefix, String... references) {
        this(start, options, Replicas.NONE, prefix, references);
    }

    private RedisFixture(Supplier<S> start, Function<S, RedisOptions> options, Replicas replicas, String prefix,
            String... references) {
        this.start = start;
        this.options = options;
        this.keys = new RedisKeys(prefix);
        this.replicas = replicas;
        this.references = Set.of(references);
    }

    /** One server. */
    public static RedisFixture<RedisServer> standalone(String prefix, String... references) {
        return new RedisFixture<>(RedisServer::start, server -> new RedisOptions().setConnectionString(server.uri()), prefix,
                references);
    }

    /**
     * One server, and a user of it that may do some things only.
     *
     * @param user the name, and what {@code ACL SETUSER} takes after it
     * @param password the password that is set by that
     */
    public static RedisFixture<RedisServer> standaloneAs(List<String> user, String password, String prefix,
            String... references) {
        return new RedisFixture<>(() -> {
            RedisServer server = RedisServer.start();
            server.command(Stream.concat(Stream.of("ACL", "SETUSER"), user.stream()).toArray(String[]::new));
            return server;
        }, server -> new RedisOptions()
                .setConnectionString("redis://" + user.get(0) + ":" + password + "@localhost:" + server.port()), prefix,
                references);
    }

    /** A cluster of three. */
    public static RedisFixture<RedisCluster> cluster(String prefix, String... references) {
        return new RedisFixture<>(RedisCluster::start, RedisFixture::options, prefix, references);
    }

    /** One server with a replica, which changes wait for. */
    public static RedisFixture<ReplicatedRedis> replicated(String prefix, String... references) {
        return new RedisFixture<>(ReplicatedRedis::start,
                redis -> new RedisOptions().setConnectionString(redis.primary().uri()),
                new Replicas(1, COMMAND_TIMEOUT.minusMillis(500)), prefix, references);
    }

    /** A cluster of three that serves the slots of living nodes while others are missing. */
    static RedisFixture<RedisCluster> partialCluster(String prefix, String... references) {
        return new RedisFixture<>(() -> RedisCluster.start("--cluster-require-full-coverage", "no"), RedisFixture::options,
                prefix, references);
    }

    /** A primary and a replica that Sentinels watch. */
    public static RedisFixture<RedisSentinels> sentinels(String prefix, String... references) {
        return new RedisFixture<>(RedisSentinels::start, RedisFixture::options, prefix, references);
    }

    /** A proxy in front of one server. */
    public static RedisFixture<RedisProxy> proxied(String prefix, String... references) {
        return new RedisFixture<>(() -> RedisProxy.start(RedisServer.start()),
                proxy -> new RedisOptions().setConnectionString(proxy.uri()), prefix, references);
    }

    public S server() {
        return server;
    }

    public RedisSessionStore store() {
        return store;
    }

    public RedisKeys keys() {
        return keys;
    }

    /** Another instance of the application, on the same Redis. */
    public RedisSessionStore newStore() {
        return newStore(options.apply(server));
    }

    /** Another instance of the application, on the same or another Redis. */
    public RedisSessionStore newStore(RedisOptions other) {
        Function<String, Redis> nodes = other.getType() == RedisClientType.CLUSTER
                ? address -> Redis.createClient(vertx, "redis://" + address)
                : null;
        return new RedisSessionStore(vertx, () -> Redis.createClient(vertx, other), nodes, keys, COMMAND_TIMEOUT, Replicas.NONE,
                references, SessionLimits.NONE);
    }

    /** Another instance of the application, which a name leads to one server, and later to another one. */
    RedisSessionStore newStore(Supplier<String> uri) {
        return new RedisSessionStore(vertx, () -> Redis.createClient(vertx, uri.get()), keys, COMMAND_TIMEOUT, Replicas.NONE,
                references, SessionLimits.NONE);
    }

    /** Another application, that has other keys. */
    public RedisSessionStore newStore(RedisKeys other) {
        return new RedisSessionStore(vertx, this::client, other, COMMAND_TIMEOUT, Replicas.NONE, references,
                SessionLimits.NONE);
    }

    /** Another instance of the application, whose changes wait for replicas. */
    RedisSessionStore newStore(Replicas others) {
        return new RedisSessionStore(vertx, this::client, keys, COMMAND_TIMEOUT, others, references, SessionLimits.NONE);
    }

    /** Connections of their own, as another instance of the application has. */
    RedisLinks newLinks() {
        return new RedisLinks(vertx, this::client, new RedisClock(), COMMAND_TIMEOUT, Replicas.NONE);
    }

    static RedisOptions options(RedisCluster cluster) {
        RedisOptions options = new RedisOptions().setType(RedisClientType.CLUSTER);
        cluster.uris().forEach(options::addConnectionString);
        return options;
    }

    /** As auto-failover of Quarkus, which also tells clients at once that another server is the primary. */
    private static RedisOptions options(RedisSentinels sentinels) {
        RedisOptions options = new RedisOptions().setType(RedisClientType.SENTINEL).setMasterName(RedisSentinels.NAME)
                .setRole(RedisRole.MASTER).setAutoFailover(true);
        sentinels.uris().forEach(options::addConnectionString);
        return options;
    }

    private Redis client() {
        return Redis.createClient(vertx, options.apply(server));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = true;
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        stop();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!shared) {
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (!shared) {
            stop();
        }
    }

    private void start() {
        server = start.get();
        vertx = Vertx.vertx();
        store = new RedisSessionStore(vertx, this::client, keys, COMMAND_TIMEOUT, replicas, references, SessionLimits.NONE);
        // The first command loads classes: on a busy machine that may take longer than the timeout.
        SessionId unknown = SessionToken.generate(new SecureRandom()).id();
        Awaitility.await().ignoreExceptions().atMost(Duration.ofSeconds(30))
                .until(() -> store.load(unknown).toCompletableFuture().join() == null);
    }

    private void stop() throws Exception {
        if (store == null) {
            // It did not start.
            return;
        }
        store.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }
}
