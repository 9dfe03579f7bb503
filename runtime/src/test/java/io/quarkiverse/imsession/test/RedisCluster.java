package io.quarkiverse.imsession.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real Redis Cluster of three masters for tests, each a {@link RedisServer} with a third of the slots. There are no replicas
 * at first: a node that was stopped takes its slots with it.
 */
public final class RedisCluster implements AutoCloseable {

    private static final int NODES = 3;
    private static final int SLOTS = 16384;
    /** The nodes talk to each other on a port that is this much higher: another one can be chosen since Redis 7 only. */
    private static final int BUS_OFFSET = 10_000;
    private static final int FIRST_PORT = 12_000;
    private static final long START_SECONDS = 120;

    private final Path folder;
    private final List<RedisServer> nodes;
    private final List<RedisServer> replicas = new ArrayList<>();

    private RedisCluster(Path folder, List<RedisServer> nodes) {
        this.folder = folder;
        this.nodes = nodes;
    }

    /**
     * Starts a cluster on free ports.
     *
     * @param options more options for each node
     */
    public static RedisCluster start(String... options) {
        RedisCluster cluster;
        try {
            cluster = new RedisCluster(Files.createTempDirectory("redis-cluster"), new ArrayList<>());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            for (int port : freePorts(NODES)) {
                cluster.nodes.add(RedisServer.start(port, cluster.options(port, options)));
            }
            cluster.join();
            cluster.awaitOk();
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    /** Starts a replica of each node, and waits until it follows that node and all know that: else nobody would vote for it. */
    public void startReplicas() {
        List<Integer> ports = freePorts(NODES);
        for (int i = 0; i < NODES; i++) {
            RedisServer replica = RedisServer.start(ports.get(i), options(ports.get(i)));
            replicas.add(replica);
            replica.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(nodes.get(i).port()));
            String id = id(nodes.get(i));
            await("The replica does not know its node", () -> ((String) replica.command("CLUSTER", "NODES")).contains(id));
            replica.command("CLUSTER", "REPLICATE", id);
            replica.awaitPrimary();
        }
        List<RedisServer> all = Stream.concat(nodes.stream(), replicas.stream()).toList();
        await("Not all nodes know all replicas", () -> all.stream().allMatch(this::knowsReplicas));
        awaitOk();
    }

    private boolean knowsReplicas(RedisServer server) {
        List<String> known = ((String) server.command("CLUSTER", "NODES")).lines().toList();
        return nodes.stream().allMatch(node -> known.stream().anyMatch(
                line -> line.startsWith(id(replica(node))) && line.contains("slave " + id(node))
                        && line.endsWith(" connected")));
    }

    /** One for each node. */
    public List<String> uris() {
        return nodes.stream().map(RedisServer::uri).toList();
    }

    public List<RedisServer> nodes() {
        return List.copyOf(nodes);
    }

    /** The replica of a node. */
    public RedisServer replica(RedisServer node) {
        return replicas.get(nodes.indexOf(node));
    }

    /** The node that has the slot of a key. */
    public RedisServer owner(String key) {
        long slot = slot(key);
        for (Object range : (List<?>) running().command("CLUSTER", "SLOTS")) {
            List<?> parts = (List<?>) range;
            if ((Long) parts.get(0) <= slot && slot <= (Long) parts.get(1)) {
                long port = (Long) ((List<?>) parts.get(2)).get(1);
                return nodes.stream().filter(node -> node.port() == port).findFirst().orElseThrow();
            }
        }
        throw new IllegalStateException("Nobody has slot " + slot);
    }

    /** Runs one command on the node that has the slot of a key. */
    public Object command(String key, String... command) {
        return owner(key).command(command);
    }

    /** All keys of all nodes. */
    public List<String> keys() {
        return nodes.stream().flatMap(node -> node.keys().stream()).toList();
    }

    /** Moves the slot of a key, with all its keys, to another node. */
    public void moveSlot(String key, RedisServer to) {
        RedisServer from = owner(key);
        String slot = Long.toString(slot(key));
        to.command("CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
        from.command("CLUSTER", "SETSLOT", slot, "MIGRATING", id(to));
        for (Object moving : (List<?>) from.command("CLUSTER", "GETKEYSINSLOT", slot, "10000")) {
            from.command("MIGRATE", "127.0.0.1", Integer.toString(to.port()), (String) moving, "0", "5000");
        }
        to.command("CLUSTER", "SETSLOT", slot, "NODE", id(to));
        from.command("CLUSTER", "SETSLOT", slot, "NODE", id(to));
    }

    /** Waits until all nodes say that all slots are served. */
    public void awaitOk() {
        await("The Redis cluster is not complete", () -> nodes.stream()
                .allMatch(node -> ((String) node.command("CLUSTER", "INFO")).contains("cluster_state:ok")));
    }

    private static void await(String problem, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(problem + " after " + START_SECONDS + " s");
            }
            pause();
        }
    }

    @Override
    public void close() {
        replicas.forEach(RedisServer::close);
        nodes.forEach(RedisServer::close);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> options(int port, String... more) {
        Path own = folder.resolve(Integer.toString(port));
        try {
            Files.createDirectory(own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> options = new ArrayList<>(List.of("--cluster-enabled", "yes", "--dir", own.toString(),
                "--cluster-config-file", "nodes-" + port + ".conf", "--cluster-node-timeout", "2000"));
        options.addAll(Arrays.asList(more));
        return options;
    }

    private void join() {
        for (int i = 0; i < NODES; i++) {
            List<String> assign = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            IntStream.range(i * SLOTS / NODES, (i + 1) * SLOTS / NODES).mapToObj(Integer::toString).forEach(assign::add);
            nodes.get(i).command(assign.toArray(String[]::new));
            if (i > 0) {
                nodes.get(i).command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(nodes.get(0).port()));
            }
        }
    }

    private RedisServer running() {
        return nodes.stream().filter(RedisServer::isRunning).findFirst().orElseThrow();
    }

    private long slot(String key) {
        return (Long) running().command("CLUSTER", "KEYSLOT", key);
    }

    private static String id(RedisServer node) {
        return (String) node.command("CLUSTER", "MYID");
    }

    private static List<Integer> freePorts(int count) {
        Random random = new Random();
        Set<Integer> taken = new HashSet<>();
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < count) {
            int port = FIRST_PORT + random.nextInt(BUS_OFFSET);
            if (RedisServer.isFree(port) && RedisServer.isFree(port + BUS_OFFSET) && taken.add(port)
                    && taken.add(port + BUS_OFFSET)) {
                ports.add(port);
            }
        }
        return ports;
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a Redis cluster starts", e);
        }
    }
}
