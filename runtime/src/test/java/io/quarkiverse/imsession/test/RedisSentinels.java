package io.quarkiverse.imsession.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A primary, a replica, and three Sentinels that watch them, for tests. */
public final class RedisSentinels implements AutoCloseable {

    /** By which the Sentinels know the primary. */
    public static final String NAME = "sessions";
    private static final int SENTINELS = 3;
    private static final long PATIENCE_SECONDS = 240;

    private final Path folder;
    private final List<RedisServer> servers = new ArrayList<>();
    private final List<RedisServer> sentinels = new ArrayList<>();

    private RedisSentinels(Path folder) {
        this.folder = folder;
    }

    /** Starts all, and waits until a fail-over can happen. */
    public static RedisSentinels start() {
        RedisSentinels all;
        try {
            all = new RedisSentinels(Files.createTempDirectory("redis-sentinels"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            RedisServer primary = RedisServer.start();
            all.servers.add(primary);
            all.servers.add(RedisServer.start("--replicaof", "127.0.0.1", Integer.toString(primary.port())));
            all.awaitReplica();
            for (int i = 0; i < SENTINELS; i++) {
                all.sentinels.add(all.startSentinel(primary));
            }
            all.awaitReady();
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
        return all;
    }

    /** Of the Sentinels. */
    public List<String> uris() {
        return sentinels.stream().map(RedisServer::uri).toList();
    }

    /** The primary and its replica, in any order. */
    public List<RedisServer> servers() {
        return List.copyOf(servers);
    }

    public List<RedisServer> sentinels() {
        return List.copyOf(sentinels);
    }

    public RedisServer primary() {
        int port = primaryPort(sentinels.get(0));
        return servers.stream().filter(server -> server.port() == port).findFirst().orElseThrow();
    }

    /** Waits until the other server is the primary, and all Sentinels say so. */
    public void awaitFailOver(RedisServer from) {
        RedisServer to = servers.stream().filter(server -> server != from).findFirst().orElseThrow();
        await(() -> isPrimary(to) && sentinels.stream().allMatch(sentinel -> primaryPort(sentinel) == to.port()));
    }

    /** Makes a former primary the replica of the new one, as the Sentinels would do after about ten seconds. */
    public void demote(RedisServer former) {
        former.command("REPLICAOF", "127.0.0.1", Integer.toString(primary().port()));
        former.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    }

    /** Asks for a fail-over although the primary is well. */
    public void failOver() {
        sentinels.get(0).command("SENTINEL", "FAILOVER", NAME);
    }

    /** Waits until the replica has what the primary has, and the Sentinels take it for the one that can be the next primary. */
    public void awaitReady() {
        awaitReplica();
        await(() -> sentinels.stream().allMatch(RedisSentinels::isReady));
    }

    /** Waits until the replica has all that the primary has stored by now. */
    public void awaitReplication() {
        try (RespClient client = new RespClient(primary().port())) {
            client.command("SET", "replicated", "all before");
            client.command("DEL", "replicated");
            client.command("WAIT", "1", "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        sentinels.forEach(RedisServer::close);
        servers.forEach(RedisServer::close);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RedisServer startSentinel(RedisServer primary) {
        int port = RedisServer.freePort();
        try {
            Path configuration = Files.writeString(folder.resolve("sentinel-" + port + ".conf"), """
                    port %d
                    bind 127.0.0.1
                    dir %s
                    sentinel monitor %s 127.0.0.1 %d 2
                    sentinel down-after-milliseconds %s 3000
                    sentinel failover-timeout %s 5000
                    """.formatted(port, folder, NAME, primary.port(), NAME, NAME));
            return RedisServer.startSentinel(port, configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReplica() {
        await(() -> servers.stream().filter(server -> !isPrimary(server)).findFirst()
                .map(replica -> ((String) replica.command("INFO", "replication")).contains("master_link_status:up"))
                .orElse(false));
    }

    private static boolean isReady(RedisServer sentinel) {
        List<?> replicas = (List<?>) sentinel.command("SENTINEL", "REPLICAS", NAME);
        List<?> others = (List<?>) sentinel.command("SENTINEL", "SENTINELS", NAME);
        return replicas.size() == 1 && value(replicas.get(0), "flags").equals("slave")
                && value(replicas.get(0), "master-link-status").equals("ok") && others.size() == SENTINELS - 1
                && others.stream().allMatch(other -> value(other, "flags").equals("sentinel"));
    }

    private static Object value(Object fields, String name) {
        List<?> list = (List<?>) fields;
        return list.get(list.indexOf(name) + 1);
    }

    private static boolean isPrimary(RedisServer server) {
        return server.isRunning() && ((List<?>) server.command("ROLE")).get(0).equals("master");
    }

    private static int primaryPort(RedisServer sentinel) {
        List<?> address = (List<?>) sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME);
        return Integer.parseInt((String) address.get(1));
    }

    /** A Sentinel closes the connections of a server whose role it changes. */
    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The Redis Sentinels are not ready after " + PATIENCE_SECONDS + " s");
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for Redis Sentinels", e);
            }
        }
    }
}
