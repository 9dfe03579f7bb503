package io.quarkiverse.imsession.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.imsession.test.RedisServer.ThrowingRunnable;
import io.quarkiverse.imsession.test.postgresql.PostgresServer;

/**
 * The PostgreSQL that all servers use, one after the other. It waits for the disk, as in production. Servers have a role of
 * their own, whose statements are counted.
 */
final class Postgres implements Database {

    private static final String ROLE = "bench";
    private static final String COUNTED = " FROM pg_stat_statements WHERE userid = '" + ROLE + "'::regrole";
    private static final Pattern CHANGE = Pattern.compile("\\b(INSERT INTO|(?<!FOR |KEY )UPDATE|DELETE FROM)\\b");
    private static final String COMMITS = "commits";
    /** Records of the write-ahead log by what they mean. */
    private static final Map<String, String> LOGGED = Map.of("^Heap2?/(INSERT|MULTI_INSERT)", "rows inserted",
            "^Heap/HOT_UPDATE", "rows updated", "^Heap/UPDATE", "rows updated elsewhere", "^Heap/DELETE", "rows deleted",
            "^Heap2?/LOCK", "rows locked", "^Btree/INSERT", "index entries", "^Transaction/COMMIT", COMMITS);

    private final PostgresServer server = PostgresServer.start("fsync=on", "synchronous_commit=on", "full_page_writes=on",
            "shared_buffers=512MB", "max_wal_size=4GB", "checkpoint_timeout=30min");

    /** To make one takes longer than what is asked. */
    private final Connection connection;

    Postgres() {
        try {
            connection = server.connect();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        server.command("CREATE EXTENSION pg_walinspect");
        server.command("CREATE ROLE " + ROLE + " LOGIN; GRANT CREATE ON SCHEMA public TO " + ROLE);
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public String version() {
        return ((String) value("SHOW server_version")).replaceAll(" .*", "");
    }

    @Override
    public Map<String, String> environment() {
        String address = "//127.0.0.1:" + server.port() + "/postgres";
        return Map.of("POSTGRES_URI", "postgresql:" + address, "POSTGRES_JDBC", "jdbc:postgresql:" + address, "POSTGRES_USER",
                ROLE);
    }

    @Override
    public void clear() {
        Object tables = value("SELECT string_agg(quote_ident(relname), ', ') FROM pg_stat_user_tables"
                + " WHERE schemaname = 'public' AND pg_relation_size(relid) > 0");
        if (tables != null) {
            run("TRUNCATE " + tables + " CASCADE");
        }
    }

    @Override
    public double cpu() {
        return new ProcessStatus(server.pids().stream()).cpuSince(Map.of());
    }

    /** How many statements that only read were run. */
    @Override
    public double loads() {
        return ((Number) value("SELECT coalesce(sum(calls), 0)" + COUNTED + " AND query ~ '^SELECT' AND query ~ 'FROM'"
                + " AND query !~ 'pg_notify'")).doubleValue();
    }

    /** The write-ahead log. */
    @Override
    public double logged() {
        return ((Number) value("SELECT pg_current_wal_insert_lsn() - '0/0'")).doubleValue();
    }

    /** How many statements were run; drivers send {@code BEGIN} together with the next one. */
    @Override
    public long reads() {
        return ((Number) value("SELECT coalesce(sum(calls), 0)" + COUNTED + " AND query NOT LIKE 'BEGIN%'")).longValue();
    }

    @Override
    public Map<String, Integer> commands(ThrowingRunnable work) throws Exception {
        Map<String, Integer> before = calls();
        work.run();
        Map<String, Integer> calls = calls();
        before.forEach((name, count) -> calls.merge(name, -count, Integer::sum));
        calls.values().removeIf(count -> count == 0);
        return calls;
    }

    private Map<String, Integer> calls() {
        Map<String, Integer> calls = new TreeMap<>();
        for (Object row : column("SELECT calls || ' ' || query" + COUNTED)) {
            String[] parts = row.toString().split(" ", 2);
            calls.merge(kind(parts[1]), Integer.valueOf(parts[0]), Integer::sum);
        }
        return calls;
    }

    /** What a statement does. */
    private static String kind(String query) {
        Matcher change = CHANGE.matcher(query);
        return change.find() ? change.group().replaceAll(" .*", "")
                : query.strip().replaceAll("(?s)[^A-Za-z].*", "").toUpperCase(Locale.ROOT);
    }

    /** The log tells what is done to rows and indexes, whoever does it. */
    @Override
    public Map<String, Long> rows(ThrowingRunnable work) throws Exception {
        Object begin = value("SELECT pg_current_wal_flush_lsn()::text");
        work.run();
        // There is something to read also after requests that write nothing.
        value("SELECT pg_logical_emit_message(true, 'benchmark', '')");
        Map<String, Long> rows = new TreeMap<>();
        LOGGED.forEach((record, what) -> rows.put(what, ((Number) value("SELECT coalesce(sum(count), 0)"
                + " FROM pg_get_wal_stats(?::pg_lsn, pg_current_wal_flush_lsn(), true)"
                + " WHERE \"resource_manager/record_type\" ~ ?", begin, record)).longValue()));
        rows.merge(COMMITS, -1L, Long::sum);
        return rows;
    }

    @Override
    public Footprint footprint(int sessions) {
        double all = size("pg_total_relation_size");
        double indexes = size("pg_indexes_size");
        long rows = 0;
        for (Object table : server
                .command("SELECT quote_ident(relname) FROM pg_stat_user_tables WHERE schemaname = 'public'")) {
            rows += (Long) value("SELECT count(*) FROM " + table);
        }
        clear();
        return new Footprint(all / sessions, indexes / sessions, (double) rows / sessions);
    }

    /** What is left of tables that are empty does not count. */
    private double size(String function) {
        return ((Number) value("SELECT coalesce(sum(" + function + "(relid)), 0) FROM pg_stat_user_tables"
                + " WHERE schemaname = 'public' AND pg_relation_size(relid) > 0")).doubleValue();
    }

    @Override
    public List<String> footprintTitles() {
        return List.of("tables and indexes, bytes for a session", "indexes", "rows for a session");
    }

    private Object value(String query, Object... args) {
        return column(query, args).get(0);
    }

    /** The first column. */
    private List<Object> column(String query, Object... args) {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < args.length; i++) {
                statement.setObject(i + 1, args[i]);
            }
            List<Object> column = new ArrayList<>();
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                column.add(rows.getObject(1));
            }
            return column;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(String statement) {
        try (Statement running = connection.createStatement()) {
            running.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
