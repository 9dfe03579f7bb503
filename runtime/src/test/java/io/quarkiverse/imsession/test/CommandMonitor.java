package io.quarkiverse.imsession.test;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Counts what clients send to a Redis, with MONITOR. */
final class CommandMonitor implements AutoCloseable {

    private final RedisServer server;
    private final RespClient monitor;

    CommandMonitor(RedisServer server) throws IOException {
        this.server = server;
        this.monitor = new RespClient(server.port());
        monitor.command("MONITOR");
    }

    /** By name in lower case, from the beginning until now. */
    Map<String, Integer> counts() throws IOException {
        String mark = UUID.randomUUID().toString();
        server.command("ECHO", mark);
        Map<String, Integer> counts = new TreeMap<>();
        while (true) {
            String line = (String) monitor.reply();
            if (line.contains(mark)) {
                return counts;
            }
            if (!line.contains(" lua] ")) {
                int start = line.indexOf('"') + 1;
                counts.merge(line.substring(start, line.indexOf('"', start)).toLowerCase(Locale.ROOT), 1, Integer::sum);
            }
        }
    }

    @Override
    public void close() throws IOException {
        monitor.close();
    }
}
