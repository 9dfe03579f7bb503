package io.quarkiverse.imsession.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Shows where the CPU time of a request goes, in the floor, and in this extension with and without the near cache. */
final class Profile {

    private static final List<String> SAMPLE_ALL_CODE = List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints");
    private static final int CONNECTIONS = 32;
    private static final int MANY_REQUESTS = 600_000;
    /** Each change waits for the disk. */
    private static final int FEWER_REQUESTS = 60_000;

    private final Route route;
    private final Path target;
    private final Database database;
    private final int requests;

    private Profile(Route route, Path target, Database database, int requests) {
        this.route = route;
        this.target = target;
        this.database = database;
        this.requests = requests;
    }

    /** Arguments: the directory of the benchmarks, the route, and options. */
    public static void main(String[] arguments) throws Exception {
        Path benchmarks = Path.of(arguments[0]).toAbsolutePath();
        Route route = Route.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        Options options = Options.parse(List.of(arguments).subList(2, arguments.length));
        Set<String> servers = options.only().isEmpty()
                ? Set.of(Contestant.PLAIN, Contestant.floor(options), Contestant.own(options), Contestant.near(options))
                : options.only();
        Database database = Database.start(options);
        Profile profile = new Profile(route, Files.createDirectories(benchmarks.resolve("target")), database,
                options.isPostgresql() ? FEWER_REQUESTS : MANY_REQUESTS);
        List<CpuSplit> splits = new ArrayList<>();
        try {
            for (Contestant contestant : Contestant.all(benchmarks, options)) {
                if (servers.contains(contestant.name()) && contestant.routes().contains(route)) {
                    splits.add(profile.measure(contestant.with(SAMPLE_ALL_CODE)));
                }
            }
        } finally {
            database.close();
        }
        System.out.println(markdown(route, splits));
    }

    private CpuSplit measure(Contestant contestant) throws IOException, InterruptedException {
        System.err.println("profile " + contestant.name());
        database.clear();
        Path recording = target.resolve(contestant.name() + ".jfr");
        Path log = target.resolve(contestant.name() + ".log");
        try (Server server = new Server(contestant, database.environment(), log);
                LoadGenerator load = new LoadGenerator(server.ports(), CONNECTIONS)) {
            load.run(Route.LOGIN, CONNECTIONS);
            load.run(route, requests / 2);
            ProcessStatus.CpuTime before = server.status().cpuTime();
            load.run(route, requests);
            ProcessStatus.CpuTime spent = server.status().cpuTime().minus(before);
            // Recording costs time of its own.
            server.command("JFR.start", "name=profile", "settings=none", "+jdk.ExecutionSample#enabled=true",
                    "+jdk.ExecutionSample#period=1ms");
            load.run(route, requests);
            server.command("JFR.stop", "name=profile", "filename=" + recording);
            return new CpuSplit(contestant.name(), spent.kernelMicros() / requests,
                    code(recording, spent.userMicros() / requests));
        }
    }

    private static Map<CodePart, Double> code(Path recording, double userMicros) throws IOException {
        Map<CodePart, Integer> samples = new EnumMap<>(CodePart.class);
        for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
            if (event.getEventType().getName().equals("jdk.ExecutionSample")) {
                samples.merge(CodePart.of(event.getStackTrace()), 1, Integer::sum);
            }
        }
        double all = samples.values().stream().mapToInt(Integer::intValue).sum();
        Map<CodePart, Double> micros = new EnumMap<>(CodePart.class);
        samples.forEach((part, count) -> micros.put(part, count / all * userMicros));
        return micros;
    }

    private static String markdown(Route route, List<CpuSplit> splits) {
        StringBuilder table = new StringBuilder("CPU of " + route.label() + " (µs for a request)\n\n| Part |");
        splits.forEach(split -> table.append(' ').append(split.server()).append(" |"));
        table.append("\n| --- |").append(" ---: |".repeat(splits.size()));
        row(table, "Kernel: sockets", splits.stream().map(CpuSplit::kernelMicros).toList());
        for (CodePart part : CodePart.values()) {
            row(table, part.label(), splits.stream().map(split -> split.code().getOrDefault(part, 0.0)).toList());
        }
        row(table, "All", splits.stream().map(CpuSplit::micros).toList());
        return table.toString();
    }

    private static void row(StringBuilder table, String label, List<Double> micros) {
        table.append("\n| ").append(label).append(" |");
        micros.forEach(value -> table.append(String.format(Locale.ROOT, " %.1f |", value)));
    }

    /** @param code of user time: what samples of Java code show is taken for all of it */
    private record CpuSplit(String server, double kernelMicros, Map<CodePart, Double> code) {

        double micros() {
            return kernelMicros + code.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }
}
