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

    private static final List<Route> WITH_SESSION = List.of(Route.LOGIN, Route.READ, Route.INC, Route.LOGOUT);

    private final List<Contestant> servers;
    private final Results results;
    private final Options options;
    private final List<String> machine;
    private final StringBuilder text = new StringBuilder();

    Report(List<Contestant> servers, Results results, Options options, List<String> machine) {
        this.servers = servers;
        this.results = results;
        this.options = options;
        this.machine = machine;
    }

    String markdown() {
        line("# Sessions side by side");
        line("");
        machine.forEach(entry -> line("- " + entry));
        line("- Versions: " + servers.stream().flatMap(server -> server.versions().stream()).distinct()
                .collect(Collectors.joining(", ")));
        line("- Medians of " + options.rounds() + " rounds of " + options.requests()
                + " requests for each route of each server, "
                + options.connections() + " connections; " + results.failures() + " requests failed");
        cost();
        perRoute("CPU of the server (µs for a request; ± half the distance of the quartiles)", Sample::cpu, true);
        perRoute("CPU of Redis (µs for a request)", Sample::redisCpu, false);
        bare();
        commands();
        kept();
        memory();
        return text.toString();
    }

    private void cost() {
        title("Session cost (µs of the server's CPU over its own request without a session; ratio to the floor)");
        table("Server", WITH_SESSION, withSession(), (server, route) -> {
            double cost = results.cost(server.name(), route);
            return hasFloor() ? number("%.1f (%.2f)", cost, cost / results.cost(Contestant.FLOOR, route))
                    : number("%.1f", cost);
        });
    }

    private void perRoute(String title, ToDoubleFunction<Sample> value, boolean spread) {
        title(title);
        table("Server", List.of(Route.values()), servers, (server, route) -> {
            if (!server.routes().contains(route)) {
                return "";
            }
            double median = results.median(server.name(), route, value);
            return spread ? number("%.1f ± %.1f", median, results.spread(server.name(), route, value) / 2)
                    : number("%.1f", median);
        });
    }

    private void bare() {
        title("A request without a session, where the application has sessions");
        row("Server", "CPU (µs)", "ratio to " + Contestant.PLAIN, "ratio to " + Contestant.FLOOR);
        row("---", "---:", "---:", "---:");
        for (Contestant server : servers) {
            if (List.of(Contestant.PLAIN, Contestant.FLOOR, Contestant.IMSESSION, Contestant.EXCLUDED)
                    .contains(server.name())) {
                double cpu = results.median(server.name(), Route.PLAIN, Sample::cpu);
                row(server.name(), number("%.1f", cpu), bareRatio(cpu, Contestant.PLAIN), bareRatio(cpu, Contestant.FLOOR));
            }
        }
    }

    private String bareRatio(double cpu, String reference) {
        boolean measured = servers.stream().anyMatch(server -> server.name().equals(reference));
        return measured ? number("%.2f", cpu / results.median(reference, Route.PLAIN, Sample::cpu)) : "";
    }

    private void commands() {
        title("What a request asks of Redis (commands that the server sends, in how many round trips)");
        table("Server", WITH_SESSION, withSession(), (server, route) -> {
            Probe probe = results.probe(server, route);
            String names = probe.commands().entrySet().stream().map(Report::times).collect(Collectors.joining(", "));
            double sum = probe.commands().values().stream().mapToDouble(Double::doubleValue).sum();
            return number("%.0f in %.1f", sum, probe.roundTrips()).replace(".0", "") + (names.isEmpty() ? "" : ": " + names);
        });
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
        row("Server", "Redis, bytes for a session", "MEMORY USAGE of its keys", "keys for a session",
                "RSS after load (MiB)",
                "start to first answer (ms)");
        row("---", "---:", "---:", "---:", "---:", "---:");
        for (Contestant server : servers) {
            Footprint footprint = results.footprint(server);
            boolean stores = footprint != null;
            row(server.name(), stores ? number("%.0f", footprint.usedMemory()) : "",
                    stores ? number("%.0f", footprint.memoryUsage()) : "", stores ? number("%.1f", footprint.keys()) : "",
                    number("%.0f", results.residentBytes(server) / (double) (1 << 20)), number("%.0f", results.start(server)));
        }
    }

    private List<Contestant> withSession() {
        return servers.stream().filter(server -> server.routes().contains(Route.LOGIN)).toList();
    }

    private boolean hasFloor() {
        return servers.stream().anyMatch(server -> server.name().equals(Contestant.FLOOR));
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
            columns.forEach(route -> cells.add(cell.apply(server, route)));
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
