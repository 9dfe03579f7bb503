package io.quarkiverse.imsession.test.postgresql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.test.RedisServer.ThrowingRunnable;

/**
 * A real PostgreSQL for tests, see {@link PostgresBinaries}. It does not wait for the disk, unless settings say so. Use it in
 * try-with-resources or close it; it also goes down with this process.
 */
public final class PostgresServer implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int STARTS = 10;
    private static final String DISCONNECT = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend' AND application_name <> 'test'";

    private final int port;
    private final Path data;
    private final Thread hook = new Thread(this::stop);
    private Process process;

    private PostgresServer(int port, Path data) {
        this.port = port;
        this.data = data;
    }

    /**
     * Starts a server on a free port.
     *
     * @param settings lines of {@code postgresql.conf}
     */
    public static PostgresServer start(String... settings) {
        for (int i = 1;; i++) {
            try {
                return start(RedisServer.freePort(), settings);
            } catch (UncheckedIOException e) {
                if (i == STARTS) {
                    throw e;
                }
                // Somebody else was faster to take the port.
            }
        }
    }

    private static PostgresServer start(int port, String... settings) {
        try {
            Path data = Files.createTempDirectory("imsession-pg-");
            run(data, "initdb", "-D", data.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
            List<String> lines = new ArrayList<>(List.of("port=" + port, "listen_addresses='127.0.0.1'",
                    "unix_socket_directories=''", "fsync=off", "synchronous_commit=off", "full_page_writes=off",
                    "max_connections=300", "shared_buffers=64MB",
                    "shared_preload_libraries='pg_stat_statements'", "pg_stat_statements.track=top", "max_wal_size=256MB"));
            lines.addAll(List.of(settings));
            Files.write(data.resolve("postgresql.auto.conf"), lines);
            PostgresServer server = new PostgresServer(port, data);
            Runtime.getRuntime().addShutdownHook(server.hook);
            server.restart();
            server.command("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a standby of this server, with a copy of its files, that gets all changes from then on.
     *
     * @param port its port; 0 for a free one
     */
    public PostgresServer startStandby(int port) {
        try {
            Path copy = Files.createTempDirectory("imsession-pg-");
            try (Connection connection = connect(); Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_backup_start('standby', true)");
                copy(data, copy);
                ResultSet label = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)");
                label.next();
                Files.writeString(copy.resolve("backup_label"), label.getString(1));
            }
            int own = port == 0 ? RedisServer.freePort() : port;
            Files.write(copy.resolve("postgresql.auto.conf"), List.of("port=" + own, "synchronous_standby_names=''",
                    "primary_conninfo='host=127.0.0.1 port=" + this.port + " user=postgres'"), StandardOpenOption.APPEND);
            Files.createFile(copy.resolve("standby.signal"));
            PostgresServer standby = new PostgresServer(own, copy);
            Runtime.getRuntime().addShutdownHook(standby.hook);
            standby.restart();
            return standby;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Copies what is not about the running server. Its files change meanwhile, which its log makes up for. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path name = from.relativize(file);
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to.resolve(name));
                } else if (!name.startsWith("pg_wal") && !name.startsWith("postmaster.pid")) {
                    try {
                        Files.copy(file, to.resolve(name));
                    } catch (NoSuchFileException e) {
                        // It is gone: the log tells.
                    }
                }
            }
        }
    }

    /** Makes a primary of a standby. */
    public void promote() {
        if (!(Boolean) value("SELECT pg_promote(true, " + PATIENCE_SECONDS + ")")) {
            throw new IllegalStateException("The standby on port " + port + " was not promoted");
        }
    }

    private static void run(Path data, String program, String... args) throws IOException {
        Process process = new ProcessBuilder(commandLine(program, args)).redirectErrorStream(true)
                .redirectOutput(data.resolveSibling(data.getFileName() + ".log").toFile()).start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(program + " failed: "
                        + Files.readString(data.resolveSibling(data.getFileName() + ".log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** PostgreSQL refuses to run as root. In a namespace of its own it is nobody, with the rights of root to files. */
    private static List<String> commandLine(String program, String... args) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(PostgresBinaries.folder().resolve(program).toString());
        command.addAll(List.of(args));
        return command;
    }

    public int port() {
        return port;
    }

    /** The processes of the server, one for each connection among them. */
    public List<Long> pids() {
        return processes().stream().map(ProcessHandle::pid).toList();
    }

    /** The address for the client, without the protocol. */
    public String address() {
        return "localhost:" + port + "/postgres";
    }

    /** The address for {@code quarkus.datasource.reactive.url}. */
    public String url() {
        return "postgresql://" + address();
    }

    /** Starts the server again, on the same port, with all that it has stored. */
    public void restart() {
        try {
            process = new ProcessBuilder(commandLine("postgres", "-D", data.toString())).redirectErrorStream(true)
                    .redirectOutput(data.resolveSibling(data.getFileName() + ".log").toFile()).start();
            awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the server takes connections, for example after it has recovered from a crash. */
    public void awaitReady() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new UncheckedIOException(new IOException("PostgreSQL did not start on port " + port));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private boolean isReady() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet folder = statement.executeQuery("SELECT current_setting('data_directory')")) {
            return folder.next() && folder.getString(1).equals(data.toString());
        } catch (SQLException e) {
            return false;
        }
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Kills the server and all its processes, with SIGKILL. */
    public void stop() {
        List<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            one.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).handle((ended, failure) -> ended).join();
        }
        try {
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server from running without closing its connections (SIGSTOP): it hangs. */
    public void hang() {
        processes().forEach(one -> signal("STOP", one.pid()));
    }

    /** Lets a hung server go on. */
    public void goOn() {
        processes().forEach(one -> signal("CONT", one.pid()));
    }

    /** Lets the process of one connection hang, see {@code pg_backend_pid()}. */
    public void hangBackend(long pid) {
        signal("STOP", pid);
    }

    /** Lets the process of one connection go on. */
    public void goOnBackend(long pid) {
        signal("CONT", pid);
    }

    /** Kills the process of one connection: the server ends all others, too, and recovers. */
    public void killBackend(long pid) {
        signal("KILL", pid);
    }

    /** Ends all connections but those of this class. */
    public void disconnectAll() {
        command(DISCONNECT);
    }

    /** Ends all connections while some statements wait for a table, so that it is not known what becomes of them. */
    public void disconnectAllAtWork(String table) {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
            for (int i = 0; i < 200; i++) {
                ResultSet waiting = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted");
                if (waiting.next() && waiting.getInt(1) > 1) {
                    break;
                }
                LockSupport.parkNanos(LOOK_NANOS / 10);
            }
            statement.execute(DISCONNECT);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<ProcessHandle> processes() {
        if (process == null) {
            return List.of();
        }
        return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    }

    private static void signal(String signal, long pid) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A connection of its own, which is not counted. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port
                + "/postgres?ApplicationName=test&loginTimeout=10&socketTimeout=60", "postgres", "");
    }

    /** Runs statements on a connection of its own. Returns the first column of the rows of the last one. */
    public List<Object> command(String sql, Object... args) {
        try (Connection connection = connect(); var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < args.length; i++) {
                statement.setObject(i + 1, args[i]);
            }
            List<Object> column = new ArrayList<>();
            boolean hasRows = statement.execute();
            while (hasRows || statement.getUpdateCount() >= 0) {
                column.clear();
                if (hasRows) {
                    ResultSet rows = statement.getResultSet();
                    while (rows.next()) {
                        column.add(rows.getObject(1));
                    }
                }
                hasRows = statement.getMoreResults();
            }
            return column;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The only value that a query returns. */
    public Object value(String sql, Object... args) {
        return command(sql, args).get(0);
    }

    /** Counts the statements for sessions that are run while {@code work} runs, by their first word. */
    public Map<String, Integer> count(ThrowingRunnable work) throws Exception {
        command("SELECT pg_stat_statements_reset()");
        work.run();
        Map<String, Integer> counts = new TreeMap<>();
        for (Object text : command("SELECT calls || ' ' || query FROM pg_stat_statements WHERE query NOT ILIKE '%pg_stat%'"
                + " AND (query ILIKE '%imsession_%' OR query ILIKE 'BEGIN%' OR query = 'COMMIT')")) {
            String[] words = text.toString().split("\\s+", 3);
            if (words.length > 1) {
                counts.merge(words[1].replaceAll("\\(.*", ""), Integer.valueOf(words[0]), Integer::sum);
            }
        }
        return counts;
    }

    /** Counts all statements for sessions that are run while {@code work} runs. */
    public int statements(ThrowingRunnable work) throws Exception {
        return count(work).values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is about to end anyway.
        }
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            Files.deleteIfExists(data.resolveSibling(data.getFileName() + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
