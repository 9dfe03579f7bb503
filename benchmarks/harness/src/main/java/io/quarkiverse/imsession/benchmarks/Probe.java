package io.quarkiverse.imsession.benchmarks;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.quarkiverse.imsession.test.RedisServer.ThrowingRunnable;

/**
 * What a server asks of Redis for one request, found with requests one after another; checks on the way that it answers what it
 * should.
 *
 * @param commands how many commands of which name
 * @param roundTrips how often it waits for Redis
 */
record Probe(Map<String, Double> commands, double roundTrips) {

    private static final int REQUESTS = 20;

    /** Some store after they have answered. */
    private static final int PAUSE_MILLIS = 5;

    static Map<Route, Probe> of(Server server, Redis redis) throws Exception {
        redis.clear();
        double readsOfLooking = reads(redis, () -> {
        });
        Map<Route, Probe> probes = new EnumMap<>(Route.class);
        try (Client counted = new Client(server.port(), "probe-a"); Client timed = new Client(server.port(), "probe-b")) {
            for (Route route : server.contestant().routes()) {
                Map<String, Double> commands = new TreeMap<>();
                redis.commands(() -> call(server, counted, route)).forEach((name, count) -> {
                    // A server's own business, which has nothing to do with requests, is less than one for each.
                    if (count >= REQUESTS / 2) {
                        commands.put(name.toUpperCase(Locale.ROOT), (double) count / REQUESTS);
                    }
                });
                double reads = reads(redis, () -> call(server, timed, route)) - readsOfLooking;
                probes.put(route, new Probe(commands, reads / REQUESTS));
            }
        }
        return probes;
    }

    private static double reads(Redis redis, ThrowingRunnable work) throws Exception {
        long before = redis.reads();
        work.run();
        return redis.reads() - before;
    }

    private static void call(Server server, Client client, Route route) throws IOException, InterruptedException {
        for (int i = 0; i < REQUESTS; i++) {
            Response response = client.call(route);
            boolean expected = switch (route) {
                case PLAIN -> response.body().contains("hello");
                case LOGIN, LOGOUT -> response.body().contains("ok");
                // Every session is read once, in the order of log-in, then incremented once.
                case READ -> response.body().contains(client.user(i) + " 0");
                case INC -> response.body().contains("1");
            };
            if (response.status() != 200 || !expected) {
                throw new IOException(server.contestant().name() + " answered " + route + " with " + response);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
