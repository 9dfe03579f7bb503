package io.quarkiverse.imsession.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures all servers in turn, round after round, with one database, and writes a report. */
final class SideBySide {

    /** After a run the server may still have something to do: to store, to collect garbage. */
    private static final int SETTLE_MILLIS = 50;
    private static final int MOST_WARM_UPS = 40;
    private static final double COMPILER_SHARE = 0.03;

    private final Options options;
    private final Path target;
    private final Database database;

    private SideBySide(Options options, Path target) {
        this.options = options;
        this.target = target;
        this.database = Database.start(options);
    }

    /** Arguments: the directory of the benchmarks, then options. */
    public static void main(String[] arguments) throws Exception {
        Path benchmarks = Path.of(arguments[0]).toAbsolutePath();
        Path target = Files.createDirectories(benchmarks.resolve("target"));
        List<String> given = List.of(arguments).subList(1, arguments.length);
        Options options = Options.parse(given);
        SideBySide run = new SideBySide(options, target);
        Results results = new Results();
        List<Contestant> contestants = Stream
                .concat(Contestant.all(benchmarks, options).stream(),
                        options.before().map(before -> Contestant.before(before, options)).stream())
                .filter(contestant -> options.only().isEmpty() || options.only().contains(contestant.name())).toList();
        try {
            run.measure(contestants, results);
            String of = options.isPostgresql() ? "-postgresql" : "";
            Files.writeString(target.resolve("samples" + of + ".csv"), results.csv());
            String report = new Report(contestants, results, options, run.database, Machine.describe(run.database, given))
                    .markdown();
            Files.writeString(target.resolve("results" + of + ".md"), report);
            Files.writeString(target.resolve("results" + of + ".adoc"), AsciiDoc.of(report));
            Charts charts = new Charts(contestants, results);
            Files.writeString(target.resolve("benchmark-cost" + of + ".svg"), charts.cost());
            if (!options.isPostgresql()) {
                Files.writeString(target.resolve("benchmark-instances.svg"), charts.instances());
            }
            System.out.println(report);
        } finally {
            run.database.close();
        }
    }

    private void measure(List<Contestant> contestants, Results results) throws Exception {
        List<Server> servers = new ArrayList<>();
        try {
            for (Contestant contestant : contestants) {
                servers.add(start(contestant, results));
            }
            for (Server server : servers) {
                prepare(server, results);
            }
            for (int round = 1; round <= options.rounds(); round++) {
                progress("round " + round + " of " + options.rounds());
                for (Server server : servers) {
                    turn(server, round, results);
                }
                // Nobody always follows the same one.
                Collections.rotate(servers, 1);
            }
            for (Server server : servers) {
                results.resident(server.contestant(), server.status().residentBytes());
            }
        } finally {
            for (Server server : servers) {
                server.close();
            }
        }
    }

    private Server start(Contestant contestant, Results results) throws IOException, InterruptedException {
        progress("start " + contestant.name());
        Path log = target.resolve(contestant.name() + ".log");
        Files.deleteIfExists(log);
        for (int i = 1; i < options.starts(); i++) {
            try (Server server = new Server(contestant, database.environment(), log)) {
                results.start(contestant, server.startMillis());
            }
        }
        Server server = new Server(contestant, database.environment(), log);
        results.start(contestant, server.startMillis());
        return server;
    }

    private void prepare(Server server, Results results) throws Exception {
        progress("warm up " + server.contestant().name());
        warmUp(server);
        results.probe(server.contestant(), Probe.of(server, database));
        if (server.contestant().routes().contains(Route.INC)) {
            results.kept(server.contestant(), Kept.of(server, database));
            results.footprint(server.contestant(), Footprint.of(server, database, options.connections(), options.sessions()));
        }
    }

    /** Until the compiler of the JVM has little left to do: what it does for the first requests would count as their cost. */
    private void warmUp(Server server) throws IOException, InterruptedException {
        // As many requests for a server with one route as for one with all.
        int unit = Route.values().length / server.contestant().routes().size();
        boolean compiling = true;
        for (int i = 0; i < options.warmUps() || compiling && i < MOST_WARM_UPS; i++) {
            Map<String, Long> threads = server.status().threads();
            Map<String, Long> compilers = server.status().compilerThreads();
            for (int j = 0; j < unit; j++) {
                turn(server, 0, new Results());
            }
            compiling = server.status().compilerCpuSince(compilers) > COMPILER_SHARE * server.status().cpuSince(threads);
        }
    }

    private void turn(Server server, int round, Results results) throws IOException, InterruptedException {
        database.clear();
        try (LoadGenerator load = new LoadGenerator(server.ports(), options.connections())) {
            // The connections are not what is measured.
            load.run(Route.PLAIN, options.connections());
            for (Route route : server.contestant().routes()) {
                results.sample(sample(server, round, load, route));
            }
        }
    }

    private Sample sample(Server server, int round, LoadGenerator load, Route route) throws IOException, InterruptedException {
        int requests = options.requests() / options.connections() * options.connections()
                * (route == Route.FIRST_READ ? server.contestant().instances() : 1);
        Map<String, Long> threads = server.status().threads();
        double loads = database.loads();
        double logged = database.logged();
        double databaseCpu = database.cpu();
        long start = System.nanoTime();
        int failures = load.run(route, requests);
        double seconds = (System.nanoTime() - start) / 1e9;
        Thread.sleep(SETTLE_MILLIS);
        double cpu = server.status().cpuSince(threads);
        databaseCpu = database.cpu() - databaseCpu;
        return new Sample(server.contestant().name(), round, route, cpu / requests, databaseCpu / requests,
                (database.loads() - loads) / requests, (database.logged() - logged) / requests, requests / seconds, failures);
    }

    private static void progress(String what) {
        System.err.println(what);
    }
}
