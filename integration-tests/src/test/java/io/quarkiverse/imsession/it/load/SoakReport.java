package io.quarkiverse.imsession.it.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of a soak, as a part of the documentation. */
record SoakReport(String store, Duration duration, List<Sample> samples, Sample after, Map<String, Long> clients,
        Map<String, Long> events,
        String growth) {

    private static final double MIB = 1 << 20;

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        line(text, "// Written by `./mvnw verify -Psoak`. Do not edit.");
        line(text, "[cols=\"7*>\",options=\"header\"]");
        line(text, "|===");
        line(text, "| Minute | Requests | Live heap, MiB | Resident, MiB | Open files | " + store + " connections | "
                + (store.equals("Redis") ? "Keys in Redis" : "Rows in " + store));
        line(text, "");
        samples.forEach(sample -> row(text, String.format(Locale.ROOT, "%.1f", sample.seconds() / 60), sample));
        row(text, "after", after);
        line(text, "|===");
        line(text, "");
        Sample last = samples.get(samples.size() - 1);
        line(text, String.format(Locale.ROOT,
                "Load for %d seconds on %d cores, Java %s: %,d requests, %,.0f each second, no unexpected status. %s",
                duration.toSeconds(),
                Runtime.getRuntime().availableProcessors(), Runtime.version(), last.requests(),
                last.requests() / last.seconds(), growth));
        line(text, "");
        table(text, "What the clients did", clients);
        table(text, "Events that the application observed", events);
        Files.writeString(file, text);
    }

    private static void row(StringBuilder text, String when, Sample sample) {
        String heap = sample.liveBytes().isPresent() ? mebibytes(sample.liveBytes().getAsLong()) : "–";
        line(text, String.format(Locale.ROOT, "| %s | %,d | %s | %s | %d | %d | %,d", when, sample.requests(), heap,
                mebibytes(sample.residentBytes()), sample.openFiles(), sample.storeConnections(), sample.entries()));
    }

    private static void table(StringBuilder text, String title, Map<String, Long> counts) {
        line(text, "." + title);
        line(text, "[cols=\"3,>1\"]");
        line(text, "|===");
        counts.forEach((what, count) -> line(text, String.format(Locale.ROOT, "| %s | %,d", what, count)));
        line(text, "|===");
        line(text, "");
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / MIB);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
