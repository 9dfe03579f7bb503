package io.quarkiverse.imsession.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.quarkiverse.imsession.test.RedisServer;

/** The Redis that all servers use, one after the other. */
final class Redis implements Database {

    private static final String SUM_OF_MEMORY_USAGE = """
            local cursor, sum = '0', 0
            repeat
              local page = redis.call('SCAN', cursor, 'COUNT', 1000)
              cursor = page[1]
              for _, key in ipairs(page[2]) do
                sum = sum + redis.call('MEMORY', 'USAGE', key, 'SAMPLES', 0)
              end
            until cursor == '0'
            return sum
            """;

    private final RedisServer server = RedisServer.start();

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("REDIS_URI", "redis://127.0.0.1:" + server.port());
    }

    @Override
    public String version() {
        return text("server", "redis_version");
    }

    @Override
    public void clear() {
        server.command("FLUSHALL");
    }

    @Override
    public double cpu() {
        Map<String, String> info = info("cpu");
        return 1e6 * (Double.parseDouble(info.get("used_cpu_user")) + Double.parseDouble(info.get("used_cpu_sys")));
    }

    /** How often something was read from a client so far. */
    @Override
    public long reads() {
        return server.stat("total_reads_processed");
    }

    /** How often {@code HGETALL} was called so far. */
    @Override
    public double loads() {
        String calls = info("commandstats").get("cmdstat_hgetall");
        return calls == null ? 0 : Double.parseDouble(calls.replaceAll("calls=(\\d+),.*", "$1"));
    }

    @Override
    public double logged() {
        return 0;
    }

    @Override
    public Footprint footprint(int sessions) {
        double memoryUsage = (Long) server.command("EVAL", SUM_OF_MEMORY_USAGE, "0");
        double keys = (Long) server.command("DBSIZE");
        double full = usedMemory();
        clear();
        // What is left are connections and their buffers, which are the same as a moment ago.
        return new Footprint((full - usedMemory()) / sessions, memoryUsage / sessions, keys / sessions);
    }

    @Override
    public List<String> footprintTitles() {
        return List.of("Redis, bytes for a session", "MEMORY USAGE of its keys", "keys for a session");
    }

    private long usedMemory() {
        return Long.parseLong(text("memory", "used_memory"));
    }

    /** What scripts run is not counted. */
    @Override
    public Map<String, Integer> commands(RedisServer.ThrowingRunnable work) throws Exception {
        return server.count(work);
    }

    @Override
    public Map<String, Long> rows(RedisServer.ThrowingRunnable work) {
        return Map.of();
    }

    private String text(String section, String name) {
        return info(section).get(name);
    }

    private Map<String, String> info(String section) {
        return ((String) server.command("INFO", section)).lines().filter(line -> line.contains(":"))
                .collect(Collectors.toMap(line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1)));
    }

    @Override
    public void close() {
        server.close();
    }
}
