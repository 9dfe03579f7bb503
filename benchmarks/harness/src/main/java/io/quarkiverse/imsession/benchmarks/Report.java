package io.quarkiverse.imsession.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The results as tables of Markdown. */
final class Report {

    private static final List<Route> WITH_SESSION = List.of(Route.LOGIN, Route.FIRST_READ, Route.READ, Route.INC,
            Route.LOGOUT);
    private static final List<Route> SEPARATE = List.of(Route.PLAIN, Route.LOGIN, Route.FIRST_READ, Route.READ, Route.INC,
            Route.LOGOUT);

    private final List<Contestant> servers;
    private final Results results;
    private final Options options;
    private final Database database;
    private final List<String> machine;
    private final String floor;
    private final String own;
    private final String near;
    private final StringBuilder text = new StringBuilder();

    Report(List<Contestant> servers, Results results, Options options, Database database, List<String> machine) {
        this.servers = servers;
        this.results = results;
        this.options = options;
        this.database = database;
        this.machine = machine;
        this.floor = Contestant.floor(options);
        this.own = Contestant.own(options);
        this.near = Contestant.near(options);
    }

    String markdown() {
        line("# Sessions side by side");
        line("");
        machine.forEach(entry -> line("- " + entry));
        line("- Versions: " + servers.stream().flatMap(server -> server.versions().stream()).distinct()
                .collect(Collectors.joining(", ")));
        line("- Medians of " + options.rounds() + " rounds of " + options.requests()
                + " requests for each route of each server, "
                + options.connections() + " clients; " + results.failures() + " requests failed");
        if (options.isPostgresql()) {
            goalsOnPostgresql();
        } else {
            goals();
        }
        cost();
        mix();
        near();
        perRoute("CPU of the server (µs for a request; ± half the distance of the quartiles)", Sample::cpu, true);
        perRoute("CPU of " + database.name() + " (µs for a request)", Sample::databaseCpu, false);
        bare();
        commands();
        written();
        kept();
        memory();
        return text.toString();
    }

    /** What the near cache is meant to reach, beside what it reached. */
    private void goals() {
        if (!has(floor) || !has(own) || !has(near)) {
            return;
        }
        title("Goals of the near cache");
        row("Goal", "Reached", "");
        row("---", "---:", "---:");
        goal("Session cost of a cached read, as a ratio to the floor", 0.4, nearRatio(Route.READ));
        goal("Commands to Redis of a cached read", 0, sum(results.probe(near, Route.READ)));
        goal("Session cost of an increment, as a ratio to the floor", 0.8, nearRatio(Route.INC));
        goal("Redis' CPU of the 95/5 mix, as a ratio to that without the cache", 0.2,
                results.median(near, Route.MIX, Sample::databaseCpu)
                        / results.median(own, Route.MIX, Sample::databaseCpu));
    }

    /** What the store in PostgreSQL is meant to reach, beside what it reached. */
    private void goalsOnPostgresql() {
        if (!has(own) || !has(floor) && !has(Contestant.SPRING_JDBC)) {
            return;
        }
        title("Goals of the store in PostgreSQL");
        row("Goal", "Reached", "");
        row("---", "---:", "---:");
        for (Route route : List.of(Route.READ, Route.INC, Route.LOGIN)) {
            if (has(floor)) {
                goal("Session cost of " + route.label() + ", as a ratio to the floor", 1.25,
                        results.cost(own, route) / results.cost(floor, route));
            }
            if (has(Contestant.SPRING_JDBC)) {
                goal("Session cost of " + route.label() + ", as a ratio to Spring Session JDBC", 0.5,
                        results.cost(own, route) / results.cost(Contestant.SPRING_JDBC, route));
            }
        }
    }

    private double nearRatio(Route route) {
        return results.cost(near, route) / results.cost(floor, route);
    }

    private void goal(String what, double most, double measured) {
        row(what + ": at most " + number("%.2f", most).replaceAll("\\.?0+$", ""), number("%.2f", measured),
                measured <= most ? "yes" : "no");
    }

    private void mix() {
        List<Contestant> mixed = servers.stream().filter(server -> server.routes().contains(Route.MIX)).toList();
        title("95 % reads and 5 % increments");
        row("Server", "instances", "CPU of the server (µs)", "CPU of " + database.name() + " (µs)", "commands to it",
                "requests per second");
        row("---", "---:", "---:", "---:", "---:", "---:");
        for (Contestant server : mixed) {
            row(server.name(), number("%d", server.instances()),
                    number("%.1f ± %.1f", results.median(server.name(), Route.MIX, Sample::cpu),
                            results.spread(server.name(), Route.MIX, Sample::cpu) / 2),
                    number("%.2f", results.median(server.name(), Route.MIX, Sample::databaseCpu)),
                    number("%.2f", sum(results.probe(server.name(), Route.MIX))),
                    number("%,.0f", results.median(server.name(), Route.MIX, Sample::requestsPerSecond)));
        }
    }

    private void near() {
        List<Contestant> near = servers.stream().filter(Contestant::isNear).toList();
        if (near.isEmpty()) {
            return;
        }
        title("Sessions found in memory (% of requests)");
        table("Server", List.of(Route.FIRST_READ, Route.READ, Route.MIX, Route.INC, Route.LOGOUT), near,
                (server, route) -> number("%.1f", 100 * (1 - results.median(server.name(), route, Sample::loads))));
    }

    private void cost() {
        title("Session cost (µs of the server's CPU over its own request without a session; ratio to the floor)");
        table("Server", WITH_SESSION, withSession(), (server, route) -> {
            double cost = results.cost(server.name(), route);
            return hasFloor() ? number("%.1f (%.2f)", cost, cost / results.cost(floor, route))
                    : number("%.1f", cost);
        });
    }

    private void perRoute(String title, ToDoubleFunction<Sample> value, boolean spread) {
        title(title);
        table("Server", SEPARATE, servers, (server, route) -> {
            double median = results.median(server.name(), route, value);
            return spread ? number("%.1f ± %.1f", median, results.spread(server.name(), route, value) / 2)
                    : number("%.1f", median);
        });
    }

    private void bare() {
        title("A request without a session, where the application has sessions");
        row("Server", "CPU (µs)", "ratio to " + Contestant.PLAIN, "ratio to " + floor);
        row("---", "---:", "---:", "---:");
        for (Contestant server : servers) {
            if (List.of(Contestant.PLAIN, floor, own, near, Contestant.LOGINS, Contestant.EXCLUDED)
                    .contains(server.name())) {
                double cpu = results.median(server.name(), Route.PLAIN, Sample::cpu);
                row(server.name(), number("%.1f", cpu), bareRatio(cpu, Contestant.PLAIN), bareRatio(cpu, floor));
            }
        }
    }

    private String bareRatio(double cpu, String reference) {
        return has(reference) ? number("%.2f", cpu / results.median(reference, Route.PLAIN, Sample::cpu)) : "";
    }

    private void commands() {
        title("What a request asks of " + database.name() + " (commands that the server sends, in how many round trips)");
        table("Server", WITH_SESSION, withSession(), (server, route) -> {
            Probe probe = results.probe(server.name(), route);
            String names = probe.commands().entrySet().stream().map(Report::times).collect(Collectors.joining(", "));
            return number("%.0f in %.1f", sum(probe), probe.roundTrips()).replace(".0", "")
                    + (names.isEmpty() ? "" : ": " + names);
        });
    }

    /** What PostgreSQL writes, and how fast it is: it waits for the disk. */
    private void written() {
        if (!options.isPostgresql()) {
            return;
        }
        title("What a request writes");
        table("Server", WITH_SESSION, withSession(), (server, route) -> results.probe(server.name(), route).rows().entrySet()
                .stream().filter(rows -> rows.getValue() > 0.05)
                .map(rows -> number("%.1f ", rows.getValue()).replace(".0", "") + rows.getKey())
                .collect(Collectors.joining(", ")));
        title("Write-ahead log (bytes for a request)");
        table("Server", WITH_SESSION, withSession(),
                (server, route) -> number("%,.0f", results.median(server.name(), route, Sample::logged)));
        title("Requests per second");
        table("Server", WITH_SESSION, withSession(),
                (server, route) -> number("%,.0f", results.median(server.name(), route, Sample::requestsPerSecond)));
    }

    private static double sum(Probe probe) {
        return probe.commands().values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static String times(Map.Entry<String, Double> command) {
        return command.getValue() < 1.5 ? command.getKey() : number("%.0f × ", command.getValue()) + command.getKey();
    }

    private void kept() {
        title("Parallel changes of one field (" + Kept.ROUNDS + " × " + Kept.AT_ONCE + " increments at the same time)");
        row("Server", "answered 200", "kept");
        row("---", "---:", "---:");
        for (Contestant server : withSession()) {
            Kept kept = results.kept(server);
            row(server.name(), number("%d", kept.answered()), number("%d", kept.kept()));
        }
    }

    private void memory() {
        title("Memory and start");
        List<String> titles = database.footprintTitles();
        row("Server", titles.get(0), titles.get(1), titles.get(2), "RSS after load (MiB)", "start to first answer (ms)");
        row("---", "---:", "---:", "---:", "---:", "---:");
        for (Contestant server : servers) {
            Footprint footprint = results.footprint(server);
            boolean stores = footprint != null;
            row(server.name(), stores ? number("%.0f", footprint.all()) : "",
                    stores ? number("%.0f", footprint.part()) : "", stores ? number("%.1f", footprint.pieces()) : "",
                    number("%.0f", results.residentBytes(server) / (double) (1 << 20)), number("%.0f", results.start(server)));
        }
    }

    private List<Contestant> withSession() {
        return servers.stream().filter(server -> server.routes().contains(Route.INC)).toList();
    }

    private boolean hasFloor() {
        return has(floor);
    }

    private boolean has(String name) {
        return servers.stream().anyMatch(server -> server.name().equals(name));
    }

    private void table(String corner, List<Route> columns, List<Contestant> rows, BiFunction<Contestant, Route, String> cell) {
        List<String> head = new ArrayList<>(List.of(corner));
        List<String> rule = new ArrayList<>(List.of("---"));
        columns.forEach(route -> {
            head.add(route.label());
            rule.add("---:");
        });
        row(head.toArray(String[]::new));
        row(rule.toArray(String[]::new));
        for (Contestant server : rows) {
            List<String> cells = new ArrayList<>(List.of(server.name()));
            columns.forEach(route -> cells.add(server.routes().contains(route) ? cell.apply(server, route) : ""));
            row(cells.toArray(String[]::new));
        }
    }

    private void title(String title) {
        line("");
        line("## " + title);
        line("");
    }

    private void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
