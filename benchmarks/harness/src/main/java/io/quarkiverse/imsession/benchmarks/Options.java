package io.quarkiverse.imsession.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How much to measure.
 *
 * @param requests of one route of one server in one round
 * @param warmUps rounds that are not measured
 * @param starts how often each server is started
 * @param sessions how many to make to see what one takes
 * @param only the servers to measure; all if empty
 * @param before another checkout of this project, built, whose extension is measured too
 * @param store where the servers keep their sessions: redis or postgresql
 */
record Options(int requests, int rounds, int warmUps, int starts, int sessions, int connections, Set<String> only,
        Optional<Path> before, String store) {

    static Options parse(List<String> arguments) {
        Options options = new Options(6000, 9, 5, 3, 10_000, 32, Set.of(), Optional.empty(), "redis");
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            options = options.with(argument, parts[0], parts.length == 2 ? parts[1] : "");
        }
        return options;
    }

    private Options with(String argument, String name, String value) {
        return switch (name) {
            case "--full" -> this;
            case "--quick" -> new Options(2000, 3, 3, 1, 2000, connections, only, before, store);
            case "--requests" ->
                new Options(number(argument, value), rounds, warmUps, starts, sessions, connections, only, before, store);
            case "--rounds" ->
                new Options(requests, number(argument, value), warmUps, starts, sessions, connections, only, before, store);
            case "--warm-ups" ->
                new Options(requests, rounds, number(argument, value), starts, sessions, connections, only, before, store);
            case "--starts" ->
                new Options(requests, rounds, warmUps, number(argument, value), sessions, connections, only, before, store);
            case "--sessions" ->
                new Options(requests, rounds, warmUps, starts, number(argument, value), connections, only, before, store);
            case "--connections" ->
                new Options(requests, rounds, warmUps, starts, sessions, number(argument, value), only, before, store);
            case "--only" ->
                new Options(requests, rounds, warmUps, starts, sessions, connections, Set.of(value.split(",")), before, store);
            case "--before" -> new Options(requests, rounds, warmUps, starts, sessions, connections, only,
                    Optional.of(Path.of(value)), store);
            case "--store" -> new Options(requests, rounds, warmUps, starts, sessions, connections, only, before, store(value));
            default -> throw new IllegalArgumentException("Unknown option " + argument);
        };
    }

    private static int number(String argument, String value) {
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException("A number is expected, as in --rounds=9, not " + argument);
        }
        return Integer.parseInt(value);
    }

    private static String store(String value) {
        if (!Set.of("redis", "postgresql").contains(value)) {
            throw new IllegalArgumentException("--store=redis or --store=postgresql is expected, not " + value);
        }
        return value;
    }

    boolean isPostgresql() {
        return store.equals("postgresql");
    }
}
