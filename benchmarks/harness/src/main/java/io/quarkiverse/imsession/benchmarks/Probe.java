package io.quarkiverse.imsession.benchmarks;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.quarkiverse.imsession.test.RedisServer.ThrowingRunnable;

/**
 * What a server asks of the database for one request, found with requests one after another; checks on the way that it answers
 * what it should.
 *
 * @param commands how many commands of which name
 * @param roundTrips how often it waits for the database
 * @param rows how many rows and index entries are changed, by what is done to them
 */
record Probe(Map<String, Double> commands, double roundTrips, Map<String, Double> rows) {

    private static final int REQUESTS = 20;
    /** So that each session of the mix is incremented once. */
    private static final int MIX_REQUESTS = Client.MIX_CYCLE * Client.MIX_SESSIONS;
    /** A server's own business, which has nothing to do with requests. */
    private static final String SIGN_OF_LIFE = "PING";

    /** Some store after they have answered. */
    private static final int PAUSE_MILLIS = 5;

    static Map<Route, Probe> of(Server server, Database database) throws Exception {
        database.clear();
        double readsOfLooking = reads(database, () -> {
        });
        Map<Route, Probe> probes = new EnumMap<>(Route.class);
        try (Client counted = new Client(server.ports(), "probe-a", 0);
                Client timed = new Client(server.ports(), "probe-b", 0)) {
            for (Route route : server.contestant().routes()) {
                int requests = requests(server, route);
                // Whatever else a server does meanwhile is less than half as often as the rarest command of a request.
                double least = route == Route.MIX ? 0.5 / Client.MIX_CYCLE : 0.5;
                Map<String, Double> commands = new TreeMap<>();
                database.commands(() -> call(server, counted, route)).forEach((name, count) -> {
                    double each = (double) count / requests;
                    if (each >= least && !name.equalsIgnoreCase(SIGN_OF_LIFE)) {
                        commands.put(name.toUpperCase(Locale.ROOT), each);
                    }
                });
                double[] reads = new double[1];
                Map<String, Double> rows = new TreeMap<>();
                database.rows(() -> reads[0] = reads(database, () -> call(server, timed, route)) - readsOfLooking)
                        .forEach((what, count) -> rows.put(what, (double) count / requests));
                probes.put(route, new Probe(commands, reads[0] / requests, rows));
            }
        }
        return probes;
    }

    private static int requests(Server server, Route route) {
        return switch (route) {
            case FIRST_READ -> REQUESTS * server.contestant().instances();
            case MIX -> MIX_REQUESTS;
            default -> REQUESTS;
        };
    }

    private static double reads(Database database, ThrowingRunnable work) throws Exception {
        long before = database.reads();
        work.run();
        return database.reads() - before;
    }

    private static void call(Server server, Client client, Route route) throws IOException, InterruptedException {
        for (int i = 0; i < requests(server, route); i++) {
            Response response = client.call(route);
            boolean expected = switch (route) {
                case PLAIN -> response.body().contains("hello");
                case LOGIN, LOGOUT -> response.body().contains("ok");
                // Every session is read in the order of log-in.
                case FIRST_READ -> response.body().contains(client.user(i / server.contestant().instances()) + " 0");
                case READ -> response.body().contains(client.user(i) + " 0");
                case MIX -> !response.body().isEmpty();
                // The mix has already incremented some sessions.
                case INC -> response.body().matches("(?s).*[12].*");
            };
            if (response.status() != 200 || !expected) {
                throw new IOException(server.contestant().name() + " answered " + route + " with " + response);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
