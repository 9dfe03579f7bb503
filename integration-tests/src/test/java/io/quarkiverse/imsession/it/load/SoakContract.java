package io.quarkiverse.imsession.it.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.imsession.test.PackagedApplication;

/**
 * The packaged application under full load, with clients that log in and out, are renewed, expire and vanish. How long is
 * told by {@code -Dimsession.soak.duration}.
 */
abstract class SoakContract {

    private static final Duration DURATION = Duration.parse(System.getProperty("imsession.soak.duration"));
    private static final Path REPORT = Path.of(System.getProperty("imsession.soak.report"));
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(30);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(3);
    private static final Duration WARM_UP = Duration.ofMinutes(1);
    /** With fewer samples there is no telling growth from noise. */
    private static final int FEWEST_SAMPLES = 8;
    private static final double MOST_GROWTH = 0.05;
    /** Longer than a slow machine needs for what is waited for. */
    static final Duration PATIENCE = Duration.ofMinutes(10);
    /** What has to happen, however slow the machine is. */
    private static final List<String> HAPPENS = List.of("log-ins", "log-outs", "explicit renewals", "tokens replaced in time",
            "requests in the grace period", "replays", "visits after the timeout", "ended by the absolute timeout",
            "connections closed between requests", "clients gone in the middle of a request",
            "clients gone before the response", "clients gone while the commit was held",
            "clients gone in the middle of a response", "WebSockets left");

    private static final List<String> OBSERVED = List.of("created", "renewed", "renewed in time", "ended by request",
            "refused as replayed", "refused as unknown", "refused as superseded");

    private static final int VISITORS = 24;
    private static final int TABS = 2;
    private static final int LEAVERS = 4;
    /** What the application may open once, and keep, after its start. */
    private static final int FILES_OPENED_LATER = 20;

    /** A replay is worth a warning, or, of many replays, the count in the next one. */
    private static final Pattern REPLAY = Pattern.compile("\\[io\\.quarkiverse\\.imsession] .*A superseded token of session "
            + "[\\w-]+ came back: somebody may have a copy of it(?: \\((\\d+) such lines? w\\w+ left out before\\))?");
    /** After that time, the next warning tells how many were left out. */
    private static final Duration LOG_WINDOW = Duration.ofSeconds(10);
    /** Sessions so short are hardly meant elsewhere. */
    private static final Pattern SHORT = Pattern
            .compile("\\[io\\.quarkiverse\\.imsession] .*quarkus\\.imsession\\.(absolute-)?timeout is PT[48]S: ");
    /** The command time-out is so long that only a hold on purpose lasts longer. */
    private static final Pattern LONG = Pattern
            .compile("\\[io\\.quarkiverse\\.imsession\\.postgresql] .*command-timeout is PT1M: ");
    /** What others tell of clients that have left. */
    private static final Pattern LEFT = Pattern.compile("\\[(io\\.netty\\.channel\\.DefaultChannelPipeline"
            + "|io\\.netty\\.channel\\.AbstractChannelHandlerContext|io\\.quarkus\\.vertx\\.core\\.runtime\\.VertxCoreRecorder"
            + "|io\\.quarkus\\.websockets\\.next\\.runtime\\.Endpoints"
            + "|org\\.jboss\\.resteasy\\.reactive\\.server\\.handlers\\.PublisherResponseHandler)] .*"
            + "(Connection reset|Broken pipe|ClosedChannelException|AsynchronousCloseException)");
    private static final List<String> JVM_OPTIONS = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch",
            "-Dio.netty.leakDetection.level=advanced");

    private final Tally tally = new Tally();

    abstract SoakStore startStore();

    @Test
    void nothingGrowsNothingLeaksAndNobodyIsRefusedUnderFullLoad() throws Exception {
        try (SoakStore store = startStore();
                PackagedApplication demo = PackagedApplication.start(JVM_OPTIONS, Lifetimes.settings(store))) {
            URI base = URI.create(demo.uri());
            ServerProcess server = new ServerProcess(demo.pid());
            new Connection(base).get("/load/open", null);
            Sample before = Sample.take(System.nanoTime(), tally, server, store);

            List<Sample> samples = load(base, store, server);

            assertThat(tally.errors()).isEmpty();
            Story.pauseUntil(System.nanoTime(), LOG_WINDOW);
            Story.ofAReplay(base, tally).run();
            assertThat(tally.errors()).isEmpty();
            await("end of all that clients have left").atMost(PATIENCE).untilAsserted(() -> {
                assertThat(get(base, "/load/open")).isEqualTo("0");
                assertThat(server.openFiles())
                        .isLessThanOrEqualTo(before.openFiles() + store.mostConnections() + FILES_OPENED_LATER);
            });
            await("end of all sessions and of the index").atMost(PATIENCE)
                    .until(() -> store.entries() == 0);
            Sample after = Sample.take(System.nanoTime(), tally, server, store);
            await("events of all that has happened").atMost(PATIENCE).untilAsserted(() -> {
                Map<String, Long> events = events(base);
                assertThat(events.keySet()).containsAll(OBSERVED);
                assertThat(replays(demo)).isEqualTo(events.get("refused as replayed"));
            });
            Map<String, Long> events = events(base);
            List<Sample> warm = warm(samples);
            new SoakReport(store.name(), DURATION, samples, after, tally.counts(), events, describe(warm)).write(REPORT);
            assertThat(liveGrowth(warm)).as("growth of the heap after a full collection").isLessThan(MOST_GROWTH);
            assertThat(residentGrowth(warm)).as("growth of the resident memory").isLessThan(MOST_GROWTH);

            assertThat(samples).extracting(Sample::storeConnections)
                    .allMatch(connections -> connections <= store.mostConnections());
            assertThat(tally.counts().keySet()).containsAll(HAPPENS);
            assertThat(demo.trouble()).allMatch(SoakContract::isExpected);
        }
    }

    private List<Sample> load(URI base, SoakStore store, ServerProcess server) throws Exception {
        long begin = System.nanoTime();
        BooleanSupplier goesOn = () -> !isSince(begin, DURATION);
        ExecutorService clients = Executors.newCachedThreadPool();
        Story.all(base, tally).forEach(clients::execute);
        for (int i = 0; i < VISITORS; i++) {
            Visitor visitor = new Visitor(base, "visitor" + i, tally);
            for (int tab = 0; tab < TABS; tab++) {
                clients.execute(visitor.tab(i * TABS + tab, goesOn));
            }
        }
        for (int i = 0; i < LEAVERS; i++) {
            clients.execute(new Leaver(base, tally, i, goesOn));
        }
        clients.execute(new CommitCutter(base, store, tally, goesOn));
        clients.shutdown();

        List<Sample> samples = new ArrayList<>();
        while (!clients.awaitTermination(interval().toMillis(), TimeUnit.MILLISECONDS)) {
            assertThat(isSince(begin, DURATION.plus(PATIENCE))).as("clients that do not end").isFalse();
            samples.add(Sample.take(begin, tally, server, store));
        }
        return samples;
    }

    private static boolean isSince(long nanos, Duration duration) {
        return System.nanoTime() - nanos > duration.toNanos();
    }

    private static Duration interval() {
        Duration part = DURATION.dividedBy(20);
        return part.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL
                : part.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : part;
    }

    /** The samples that tell growth; none if there are too few. */
    private static List<Sample> warm(List<Sample> samples) {
        List<Sample> warm = samples.stream().filter(sample -> sample.seconds() >= WARM_UP.toSeconds()).toList();
        return warm.size() < FEWEST_SAMPLES ? List.of() : warm;
    }

    private static double liveGrowth(List<Sample> warm) {
        return warm.isEmpty() || warm.get(0).liveBytes().isEmpty() ? 0
                : Trend.growth(warm, Sample::seconds, sample -> sample.liveBytes().getAsLong());
    }

    private static double residentGrowth(List<Sample> warm) {
        return warm.isEmpty() ? 0 : Trend.growth(warm, Sample::seconds, Sample::residentBytes);
    }

    private static String describe(List<Sample> warm) {
        return warm.isEmpty() ? "Too short to tell growth."
                : String.format(Locale.ROOT,
                        "After the first minute, the live heap changed by %+.1f %% and the resident memory by %+.1f %%"
                                + " (straight line with the least squares, from the first to the last sample).",
                        100 * liveGrowth(warm), 100 * residentGrowth(warm));
    }

    private static boolean isExpected(String line) {
        return REPLAY.matcher(line).find() || SHORT.matcher(line).find() || LONG.matcher(line).find()
                || LEFT.matcher(line).find();
    }

    /** How many the log tells of. */
    private static long replays(PackagedApplication demo) throws IOException {
        return demo.trouble().stream().map(REPLAY::matcher).filter(Matcher::find)
                .mapToLong(replay -> replay.group(1) == null ? 1 : 1 + Long.parseLong(replay.group(1))).sum();
    }

    private static Map<String, Long> events(URI base) throws IOException {
        return new ObjectMapper().readValue(get(base, "/api/events"), new TypeReference<>() {
        });
    }

    private static String get(URI base, String path) throws IOException {
        try (Connection connection = new Connection(base)) {
            return connection.get(path, null).body();
        }
    }
}
