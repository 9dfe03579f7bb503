package io.quarkiverse.imsession.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** All that was measured. */
final class Results {

    private final List<Sample> samples = new ArrayList<>();
    private final Map<String, List<Double>> starts = new HashMap<>();
    private final Map<String, Map<Route, Probe>> probes = new HashMap<>();
    private final Map<String, Footprint> footprints = new HashMap<>();
    private final Map<String, Kept> kept = new HashMap<>();
    private final Map<String, Long> residentBytes = new HashMap<>();

    void sample(Sample sample) {
        samples.add(sample);
    }

    void start(Contestant server, double millis) {
        starts.computeIfAbsent(server.name(), name -> new ArrayList<>()).add(millis);
    }

    void probe(Contestant server, Map<Route, Probe> probe) {
        probes.put(server.name(), probe);
    }

    void footprint(Contestant server, Footprint footprint) {
        footprints.put(server.name(), footprint);
    }

    void kept(Contestant server, Kept number) {
        kept.put(server.name(), number);
    }

    void resident(Contestant server, long bytes) {
        residentBytes.put(server.name(), bytes);
    }

    double start(Contestant server) {
        return median(starts.get(server.name()).stream().mapToDouble(Double::doubleValue));
    }

    Probe probe(String server, Route route) {
        return probes.get(server).get(route);
    }

    Footprint footprint(Contestant server) {
        return footprints.get(server.name());
    }

    Kept kept(Contestant server) {
        return kept.get(server.name());
    }

    long residentBytes(Contestant server) {
        return residentBytes.get(server.name());
    }

    int failures() {
        return samples.stream().mapToInt(Sample::failures).sum();
    }

    /** The median over all rounds. */
    double median(String server, Route route, ToDoubleFunction<Sample> value) {
        return median(values(server, route, value));
    }

    /** How far apart the first and the third quartile of the rounds are. */
    double spread(String server, Route route, ToDoubleFunction<Sample> value) {
        double[] sorted = values(server, route, value).sorted().toArray();
        return sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4];
    }

    /** How much CPU more a request of that route takes than one that does not use the session: the median over all rounds. */
    double cost(String server, Route route) {
        double[] bare = values(server, Route.PLAIN, Sample::cpu).toArray();
        double[] all = values(server, route, Sample::cpu).toArray();
        for (int i = 0; i < all.length; i++) {
            all[i] -= bare[i];
        }
        return median(DoubleStream.of(all));
    }

    String csv() {
        StringBuilder csv = new StringBuilder(
                "server,round,route,cpu_us_per_request,database_cpu_us_per_request,loads_per_request,log_bytes_per_request,requests_per_second,failures\n");
        for (Sample sample : samples) {
            csv.append(String.format(Locale.ROOT, "%s,%d,%s,%.2f,%.2f,%.3f,%.0f,%.0f,%d%n", sample.server(), sample.round(),
                    sample.route().label(), sample.cpu(), sample.databaseCpu(), sample.loads(), sample.logged(),
                    sample.requestsPerSecond(), sample.failures()));
        }
        return csv.toString();
    }

    private DoubleStream values(String server, Route route, ToDoubleFunction<Sample> value) {
        return samples.stream().filter(sample -> sample.server().equals(server) && sample.route() == route).mapToDouble(value);
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
