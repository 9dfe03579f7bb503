package io.quarkiverse.imsession.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The results as pictures. */
final class Charts {

    private static final List<Route> OPERATIONS = List.of(Route.LOGIN, Route.READ, Route.INC, Route.LOGOUT);
    private static final int NAMES_END = 152;
    private static final int BARS_BEGIN = 158;
    private static final int LONGEST_BAR = 190;
    private static final int ROW = 22;

    private static final int PLOT_LEFT = 56;
    private static final int PLOT_RIGHT = Svg.WIDTH - 20;
    private static final int PLOT_TOP = 92;
    private static final int PLOT_BOTTOM = 300;

    private final List<Contestant> servers;
    private final Results results;

    Charts(List<Contestant> servers, Results results) {
        this.servers = servers;
        this.results = results;
    }

    /** What each operation costs with each server that has one instance. */
    String cost() {
        List<Contestant> peers = servers.stream()
                .filter(server -> server.instances() == 1 && server.routes().contains(Route.INC)).toList();
        Svg svg = new Svg("What a session costs");
        svg.describe("Microseconds of the server's CPU that an operation on the session adds to a request.");
        svg.text("note", 0, 14, "µs of the server's CPU, above a request without a session");
        double y = 26;
        for (Route operation : OPERATIONS) {
            y += 24;
            svg.text("title", 0, y, title(operation));
            y += 10;
            double most = peers.stream().mapToDouble(peer -> results.cost(peer.name(), operation)).max().orElse(1);
            for (Contestant peer : peers) {
                double cost = Math.max(0, results.cost(peer.name(), operation));
                String own = peer.name().startsWith(Contestant.IMSESSION) ? " own" : "";
                double length = cost / most * LONGEST_BAR;
                svg.text("end" + own, NAMES_END, y + 15, peer.name());
                svg.bar(own.isEmpty() ? "bar" : "accent", BARS_BEGIN, y + 4, length, ROW - 8);
                svg.text(own.strip(), BARS_BEGIN + length + 6, y + 15, number("%.1f", cost));
                y += ROW;
            }
            svg.describe(title(operation) + ": " + peers.stream()
                    .map(peer -> peer.name() + number(" %.1f", results.cost(peer.name(), operation)))
                    .collect(Collectors.joining(", ")) + '.');
        }
        svg.text("note", 0, y + 22, "Each operation has a scale of its own.");
        return svg.finished(y + 30);
    }

    /** How many requests are answered by how many instances. */
    String instances() {
        Svg svg = new Svg("Throughput by the number of instances");
        svg.describe("Requests per second, 95 % reads and 5 % increments, that go to the instances in turn.");
        svg.text("title", 0, 16, "Requests per second");
        svg.text("note", 0, 36, "95 % reads and 5 % changes, sent to the instances in turn");
        Line without = line(Contestant.IMSESSION);
        Line near = line(Contestant.NEAR);
        double most = Math.max(without.most(), near.most());
        if (most == 0) {
            svg.text("note", 0, 60, "This run did not measure it.");
            svg.describe("This run did not measure it.");
            return svg.finished(72);
        }
        double step = step(most);
        int steps = (int) Math.ceil(most / step);
        for (int i = 0; i <= steps; i++) {
            double y = y(i, steps);
            svg.rule(PLOT_LEFT, y, PLOT_RIGHT);
            svg.text("note end", PLOT_LEFT - 6, y + 4, number("%,.0f", i * step));
        }
        for (int instances : Contestant.INSTANCES) {
            svg.text("note middle", x(instances), PLOT_BOTTOM + 18, instances == 1 ? "1 instance" : instances + " instances");
        }
        draw(svg, without, near, "bar", PLOT_LEFT, step * steps);
        draw(svg, near, without, "accent", Svg.WIDTH / 2.0, step * steps);
        svg.text("note", 0, PLOT_BOTTOM + 44, Runtime.getRuntime().availableProcessors()
                + " cores for all instances, Redis and the load generator together");
        return svg.finished(PLOT_BOTTOM + 54);
    }

    private static void draw(Svg svg, Line line, Line other, String style, double legend, double top) {
        if (line.points().isEmpty()) {
            return;
        }
        svg.bar(style, legend, 50, 12, 12);
        svg.text("", legend + 18, 61, line.name());
        svg.way(style, line.points().stream().map(point -> number("%.1f %.1f", x(point.instances()), y(point.value(), top)))
                .collect(Collectors.joining(" ")));
        for (Point point : line.points()) {
            double y = y(point.value(), top);
            svg.dot(style, x(point.instances()), y);
            // The numbers of two lines do not meet.
            boolean above = point.value() >= other.at(point.instances());
            svg.text("middle", x(point.instances()), above ? y - 10 : y + 21, number("%,.0f", point.value()));
        }
        svg.describe(line.name() + ": " + line.points().stream()
                .map(point -> number("%,.0f with %d", point.value(), point.instances()))
                .collect(Collectors.joining(", ")) + '.');
    }

    private Line line(String name) {
        List<Point> points = new ArrayList<>();
        for (int instances : Contestant.INSTANCES) {
            String server = Contestant.of(name, instances);
            if (servers.stream()
                    .anyMatch(measured -> measured.name().equals(server) && measured.routes().contains(Route.MIX))) {
                points.add(new Point(instances, results.median(server, Route.MIX, Sample::requestsPerSecond)));
            }
        }
        return new Line(name, points);
    }

    private static double x(int instances) {
        int last = Contestant.INSTANCES.get(Contestant.INSTANCES.size() - 1);
        int inset = 30;
        return PLOT_LEFT + inset + (PLOT_RIGHT - PLOT_LEFT - 2 * inset) * (instances - 1) / (last - 1.0);
    }

    private static double y(double value, double top) {
        return PLOT_BOTTOM - (PLOT_BOTTOM - PLOT_TOP) * value / top;
    }

    /** The distance of two rules: a round number, so that there are at most five. */
    private static double step(double most) {
        double unit = Math.pow(10, Math.floor(Math.log10(most / 5)));
        for (int factor : List.of(1, 2, 5)) {
            if (most / 5 <= factor * unit) {
                return factor * unit;
            }
        }
        return 10 * unit;
    }

    private static String title(Route operation) {
        return switch (operation) {
            case LOGIN -> "Log in";
            case READ -> "Read";
            case INC -> "Change";
            case LOGOUT -> "Log out";
            default -> throw new IllegalArgumentException(operation.label());
        };
    }

    private static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private record Line(String name, List<Point> points) {

        double most() {
            return points.stream().mapToDouble(Point::value).max().orElse(0);
        }

        double at(int instances) {
            return points.stream().filter(point -> point.instances() == instances).mapToDouble(Point::value).findFirst()
                    .orElse(0);
        }
    }

    private record Point(int instances, double value) {
    }
}
