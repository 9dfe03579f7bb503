package io.quarkiverse.imsession.test.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.quarkiverse.imsession.test.RespClient;

/** Counts the commands that a Redis runs, those of scripts too. */
public final class CommandCount implements AutoCloseable {

    private final RespClient redis;
    private Map<String, Long> before = Map.of();

    public CommandCount(int port) throws IOException {
        redis = new RespClient(port, StandardCharsets.ISO_8859_1);
    }

    /** Counts from now on. */
    public void start() throws IOException {
        before = calls();
    }

    /**
     * What is too much since the start.
     *
     * @param loads how many commands may have read a session
     * @param scripts how many may have changed one
     */
    public Optional<String> exceeds(long loads, long scripts) throws IOException {
        Map<String, Long> made = new TreeMap<>();
        calls().forEach((name, calls) -> {
            long more = calls - before.getOrDefault(name, 0L);
            if (more > 0 && !name.equals("info")) {
                made.put(name, more);
            }
        });
        long read = made.getOrDefault("hgetall", 0L);
        long run = made.getOrDefault("evalsha", 0L) + made.getOrDefault("eval", 0L);
        long all = made.values().stream().mapToLong(Long::longValue).sum();
        // Where nothing may change nothing else may happen; a script runs commands of its own.
        boolean tooMuch = read > loads || run > scripts || scripts == 0 && all > loads;
        return tooMuch ? Optional.of(loads + " loads and " + scripts + " scripts expected, but Redis ran " + made)
                : Optional.empty();
    }

    private Map<String, Long> calls() throws IOException {
        Map<String, Long> calls = new TreeMap<>();
        ((String) redis.command("INFO", "commandstats")).lines().filter(line -> line.startsWith("cmdstat_"))
                .forEach(line -> {
                    int colon = line.indexOf(':');
                    int from = line.indexOf("calls=") + "calls=".length();
                    calls.put(line.substring("cmdstat_".length(), colon),
                            Long.valueOf(line.substring(from, line.indexOf(',', from))));
                });
        return calls;
    }

    @Override
    public void close() throws IOException {
        redis.close();
    }
}
