package io.quarkiverse.imsession.test;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis for tests: {@code redis-server} of the PATH where there is one, else the one that ships with embedded-redis.
 * It keeps nothing on disk, unless options say so. Use it in try-with-resources or close it; it also goes down with this
 * process.
 */
public final class RedisServer implements AutoCloseable {

    private static final Pattern COMMAND_STAT = Pattern.compile("cmdstat_(\\w+):calls=(\\d+)");
    private static final long PATIENCE_SECONDS = 120;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int FIRST_PORT = 10_000;
    /** From here on systems take ports for outgoing connections, also while a server that is to come back is down. */
    private static final int END_OF_PORTS = 32_768;
    private static final int STARTS = 10;

    private final int port;
    private final List<String> command;
    private final Thread hook = new Thread(this::stop);
    private Process process;

    private RedisServer(int port, List<String> command) {
        this.port = port;
        this.command = command;
    }

    /** Starts a server on a free port. */
    public static RedisServer start(String... options) {
        for (int i = 1; i < STARTS; i++) {
            try {
                return start(freePort(), List.of(options));
            } catch (UncheckedIOException e) {
                // Somebody else was faster to take the port.
            }
        }
        return start(freePort(), List.of(options));
    }

    /** Starts a replica of a server, and waits until it follows that server. */
    public static RedisServer startReplica(RedisServer primary) {
        RedisServer replica = start("--replicaof", "127.0.0.1", Integer.toString(primary.port()));
        try {
            replica.awaitPrimary();
        } catch (RuntimeException e) {
            replica.close();
            throw e;
        }
        return replica;
    }

    static RedisServer start(int port, List<String> options) {
        // A replica writes what it gets from its primary to a file, which must not be found by another server.
        List<String> command = new ArrayList<>(List.of(executable(), "--port", Integer.toString(port), "--bind", "127.0.0.1",
                "--save", "", "--appendonly", "no", "--dir", System.getProperty("java.io.tmpdir"), "--dbfilename",
                "redis-" + port + ".rdb", "--rdb-del-sync-files", "yes", "--repl-diskless-sync", "yes",
                "--repl-diskless-sync-delay", "0"));
        command.addAll(options);
        return start(new RedisServer(port, command));
    }

    /** A Sentinel, which writes what it learns into its configuration. */
    static RedisServer startSentinel(int port, Path configuration) {
        return start(new RedisServer(port, List.of(executable(), configuration.toString(), "--sentinel")));
    }

    private static RedisServer start(RedisServer server) {
        Runtime.getRuntime().addShutdownHook(server.hook);
        server.restart();
        return server;
    }

    /** A port on which nobody listens, and which no outgoing connection gets by chance. */
    public static int freePort() {
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(FIRST_PORT, END_OF_PORTS);
        } while (!isFree(port));
        return port;
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    public String uri() {
        return "redis://localhost:" + port;
    }

    /**
     * Starts the server again, on the same port, with what it kept on disk: nothing, if no option says so.
     *
     * @param more options that override others
     */
    public void restart(String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        try {
            process = new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            awaitStart();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until this replica has what its primary had, and follows it. */
    void awaitPrimary() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!((String) command("INFO", "replication")).contains("master_link_status:up")) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The replica on port " + port + " found no primary");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Kills the server, with SIGKILL. */
    public void stop() {
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the server from running without closing its connections (SIGSTOP): it hangs. */
    public void hang() {
        signal("STOP");
    }

    /** Lets a hung server go on. */
    public void goOn() {
        signal("CONT");
    }

    /** Runs one command on a connection of its own. Replies are strings, longs, lists or null. */
    public Object command(String... command) {
        try (RespClient client = new RespClient(port)) {
            return client.command(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All keys. */
    @SuppressWarnings("unchecked")
    public List<String> keys() {
        return (List<String>) command("KEYS", "*");
    }

    /** The hash of a key, sorted by field. */
    @SuppressWarnings("unchecked")
    public Map<String, String> hash(String key) {
        List<String> reply = (List<String>) command("HGETALL", key);
        Map<String, String> hash = new TreeMap<>();
        for (int i = 0; i < reply.size(); i += 2) {
            hash.put(reply.get(i), reply.get(i + 1));
        }
        return hash;
    }

    /** One of the numbers in the section {@code stats} of INFO. */
    public long stat(String name) {
        String prefix = name + ':';
        return ((String) command("INFO", "stats")).lines().filter(line -> line.startsWith(prefix))
                .mapToLong(line -> Long.parseLong(line.substring(prefix.length()))).findFirst().orElseThrow();
    }

    /** Counts the commands that clients send while {@code work} runs, by name; what scripts run is not counted. */
    public Map<String, Integer> count(ThrowingRunnable work) throws Exception {
        try (CommandMonitor monitor = new CommandMonitor(this)) {
            work.run();
            return monitor.counts();
        }
    }

    /** Counts the commands that Redis runs while {@code work} runs, by name, with those of scripts. */
    public Map<String, Integer> countWithScripts(ThrowingRunnable work) throws Exception {
        command("CONFIG", "RESETSTAT");
        work.run();
        Map<String, Integer> counts = new TreeMap<>();
        Matcher stat = COMMAND_STAT.matcher((String) command("INFO", "commandstats"));
        while (stat.find()) {
            counts.put(stat.group(1), Integer.valueOf(stat.group(2)));
        }
        // That of this method.
        counts.keySet().removeIf(name -> name.startsWith("config"));
        return counts;
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is about to end anyway.
        }
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitStart() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("redis-server did not start on port " + port);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Not if nobody listens yet, if it is loading what it kept, or if another process has the port. */
    private boolean isReady() {
        try (RespClient client = new RespClient(port)) {
            client.command("PING");
            String info = (String) client.command("INFO", "server");
            return info.contains("\nprocess_id:" + process.pid() + "\r");
        } catch (IOException | IllegalStateException e) {
            return false;
        }
    }

    private static String executable() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path candidate = Path.of(folder, "redis-server");
            if (!folder.isEmpty() && Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        return Embedded.EXECUTABLE;
    }

    /** What a test does while commands are counted. */
    @FunctionalInterface
    public interface ThrowingRunnable {
        void run() throws Exception;
    }

    private static final class Embedded {

        static final String EXECUTABLE = unpack();

        private static String unpack() {
            try {
                return ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
