package io.quarkiverse.imsession.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A server to be measured.
 *
 * @param instances how many processes take its requests in turn
 * @param libraries what tells its version: names of jars, or of packages of npm
 */
record Contestant(String name, int instances, Path directory, List<String> command, Map<String, String> environment,
        Set<Route> routes, List<String> libraries) {

    static final String PLAIN = "quarkus-plain";
    static final String IMSESSION = "imsession";
    static final String NEAR = "imsession-near";
    static final String LOGINS = "imsession-logins";
    static final String EXCLUDED = "imsession-excluded";

    static final String SPRING_JDBC = "spring-session-jdbc";

    /** With how many instances these two are measured. */
    static final List<Integer> INSTANCES = List.of(1, 2, 4);

    /** The same for all: enough for each, and little enough that the garbage collector has to work. */
    private static final String HEAP = "-Xmx256m";

    private static final Set<Route> ALL = EnumSet.allOf(Route.class);
    private static final Set<Route> OF_MIX = EnumSet.of(Route.PLAIN, Route.LOGIN, Route.FIRST_READ, Route.MIX);

    /** The name of the server with sessions written by hand. */
    static String floor(Options options) {
        return options.isPostgresql() ? "postgresql-floor" : "quarkus-floor";
    }

    /** The name of this extension with its defaults. */
    static String own(Options options) {
        return options.isPostgresql() ? "imsession-postgresql" : IMSESSION;
    }

    /** The name of this extension with its near cache. */
    static String near(Options options) {
        return options.isPostgresql() ? "imsession-postgresql-near" : NEAR;
    }

    static List<Contestant> all(Path benchmarks, Options options) {
        return options.isPostgresql() ? onPostgresql(benchmarks, options) : onRedis(benchmarks, options);
    }

    private static List<Contestant> onPostgresql(Path benchmarks, Options options) {
        return List.of(
                quarkus(benchmarks, PLAIN, "quarkus-plain", EnumSet.of(Route.PLAIN)),
                quarkus(benchmarks, floor(options), "postgresql-floor", ALL),
                quarkus(benchmarks, own(options), "quarkus-imsession-postgresql", ALL),
                // Instances that share tables with it would have to tell it what they change.
                quarkus(benchmarks, near(options), "quarkus-imsession-postgresql", ALL,
                        "-Dquarkus.imsession.near-cache.enabled=true", "-Dquarkus.imsession.postgresql.table-prefix=near_"),
                java(benchmarks, SPRING_JDBC, "spring-session-jdbc", "SpringSessionApplication", Map.of(),
                        List.of("spring-boot", "spring-session-jdbc")),
                node(benchmarks, "express-session-pg", List.of("express", "express-session", "connect-pg-simple", "pg")));
    }

    private static List<Contestant> onRedis(Path benchmarks, Options options) {
        return List.of(
                quarkus(benchmarks, PLAIN, "quarkus-plain", EnumSet.of(Route.PLAIN)),
                quarkus(benchmarks, floor(options), "quarkus-floor", ALL),
                quarkus(benchmarks, IMSESSION, "quarkus-imsession", ALL),
                near(benchmarks, 1, ALL),
                several(benchmarks, 2, ALL),
                near(benchmarks, 2, ALL),
                several(benchmarks, 4, OF_MIX),
                near(benchmarks, 4, OF_MIX),
                quarkus(benchmarks, "imsession-indexed", "quarkus-imsession", ALL,
                        "-Dquarkus.imsession.references.user.indexed=true"),
                quarkus(benchmarks, LOGINS, "quarkus-imsession-logins", ALL),
                quarkus(benchmarks, EXCLUDED, "quarkus-imsession", EnumSet.of(Route.PLAIN),
                        "-Dquarkus.imsession.exclude-paths=/plain"),
                java(benchmarks, "spring-session", "spring-session", "SpringSessionApplication",
                        Map.of("REPOSITORY", "default"),
                        List.of("spring-boot", "spring-session-data-redis")),
                java(benchmarks, "spring-session-indexed", "spring-session", "SpringSessionApplication",
                        Map.of("REPOSITORY", "indexed"), List.of("spring-boot", "spring-session-data-redis")),
                java(benchmarks, "vertx-web", "vertx-web", "VertxWebServer", Map.of(), List.of("vertx-web-sstore-redis")),
                node(benchmarks, "express-session", List.of("express", "express-session", "connect-redis", "redis")),
                node(benchmarks, "koa-session", List.of("koa", "koa-session", "koa-redis")));
    }

    /** The extension of another checkout. */
    static Contestant before(Path checkout, Options options) {
        return quarkus(checkout.resolve("benchmarks"), "imsession-before",
                options.isPostgresql() ? "quarkus-imsession-postgresql" : "quarkus-imsession", ALL);
    }

    /** The name of a contestant with so many instances. */
    static String of(String name, int instances) {
        return instances == 1 ? name : name + '-' + instances;
    }

    /** Whether it keeps sessions in memory. */
    boolean isNear() {
        return name.contains("-near");
    }

    /** The same with more options of the JVM, if it is one. */
    Contestant with(List<String> jvmOptions) {
        List<String> longer = new ArrayList<>(command);
        longer.addAll(1, jvmOptions);
        return new Contestant(name, instances, directory, longer, environment, routes, libraries);
    }

    /** The libraries with their versions. */
    List<String> versions() {
        return libraries.stream().map(this::version).toList();
    }

    private String version(String library) {
        if (Files.exists(directory.resolve("node_modules"))) {
            String json = read(directory.resolve("node_modules").resolve(library).resolve("package.json"));
            return library + ' ' + json.replaceAll("(?s).*?\"version\": *\"([^\"]*)\".*", "$1");
        }
        try (Stream<Path> files = Files.walk(directory.resolve("target"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("(.*\\.)?" + library + "-\\d.*\\.jar"))
                    .findFirst().map(name -> name.replaceAll("(.*\\.)?" + library + "-(\\d.*)\\.jar", library + " $2"))
                    .orElse(library);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Contestant several(Path benchmarks, int instances, Set<Route> routes) {
        return quarkus(benchmarks, of(IMSESSION, instances), "quarkus-imsession", routes).times(instances);
    }

    /**
     * Redis tells it of every key with its prefix. So the prefix is one that no other contestant has, but it is as long as
     * the default one.
     */
    private static Contestant near(Path benchmarks, int instances, Set<Route> routes) {
        return quarkus(benchmarks, of(NEAR, instances), "quarkus-imsession", routes,
                "-Dquarkus.imsession.near-cache.enabled=true", "-Dquarkus.imsession.redis.key-prefix=near-of-" + instances)
                .times(instances);
    }

    private Contestant times(int number) {
        return new Contestant(name, number, directory, command, environment, routes, libraries);
    }

    private static Contestant quarkus(Path benchmarks, String name, String module, Set<Route> routes, String... properties) {
        List<String> command = new ArrayList<>(List.of(javaExecutable(), HEAP));
        command.addAll(List.of(properties));
        command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        return new Contestant(name, 1, benchmarks.resolve(module), command, Map.of(), routes, List.of("quarkus-core"));
    }

    private static Contestant java(Path benchmarks, String name, String module, String main, Map<String, String> environment,
            List<String> libraries) {
        return new Contestant(name, 1, benchmarks.resolve(module),
                List.of(javaExecutable(), HEAP, "-cp", "target/classes:target/lib/*",
                        Contestant.class.getPackageName() + '.' + main),
                environment, ALL, libraries);
    }

    private static Contestant node(Path benchmarks, String name, List<String> libraries) {
        return new Contestant(name, 1, benchmarks.resolve("node"), List.of("node", name + ".js"),
                Map.of("NODE_ENV", "production"),
                ALL, libraries);
    }

    private static String javaExecutable() {
        return ProcessHandle.current().info().command().orElse("java");
    }
}
