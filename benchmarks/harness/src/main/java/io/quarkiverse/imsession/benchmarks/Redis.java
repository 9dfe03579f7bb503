package io.quarkiverse.imsession.benchmarks;

import java.util.Map;
import java.util.stream.Collectors;

import io.quarkiverse.imsession.test.RedisServer;

/** The Redis that all servers use, one after the other. */
final class Redis implements AutoCloseable {

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

    String uri() {
        return "redis://127.0.0.1:" + server.port();
    }

    String version() {
        return text("server", "redis_version");
    }

    void clear() {
        server.command("FLUSHALL");
    }

    /** CPU time so far, in microseconds. */
    double cpu() {
        Map<String, String> info = info("cpu");
        return 1e6 * (Double.parseDouble(info.get("used_cpu_user")) + Double.parseDouble(info.get("used_cpu_sys")));
    }

    /** How often something was read from a client so far: for requests one after another, the number of round trips. */
    long reads() {
        return server.stat("total_reads_processed");
    }

    /** How often {@code HGETALL} was called so far. */
    double loads() {
        String calls = info("commandstats").get("cmdstat_hgetall");
        return calls == null ? 0 : Double.parseDouble(calls.replaceAll("calls=(\\d+),.*", "$1"));
    }

    long usedMemory() {
        return Long.parseLong(text("memory", "used_memory"));
    }

    long keys() {
        return (Long) server.command("DBSIZE");
    }

    long memoryUsageOfAllKeys() {
        return (Long) server.command("EVAL", SUM_OF_MEMORY_USAGE, "0");
    }

    /** What clients send meanwhile, by name; what scripts run is not counted. */
    Map<String, Integer> commands(RedisServer.ThrowingRunnable work) throws Exception {
        return server.count(work);
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
