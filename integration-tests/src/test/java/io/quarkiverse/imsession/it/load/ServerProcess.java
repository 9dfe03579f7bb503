package io.quarkiverse.imsession.it.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux and the JVM tell of the application under load. */
record ServerProcess(long pid) {

    /** The last line of a class histogram: objects, bytes. */
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)\\s*$");

    /** The memory that it has in RAM, in bytes. */
    long residentBytes() throws IOException {
        try (Stream<String> lines = Files.lines(directory().resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst().orElseThrow() * 1024;
        }
    }

    /** How many files and connections it has open. */
    long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory().resolve("fd"))) {
            return files.count();
        }
    }

    /** The size of all objects that a full garbage collection leaves, in bytes. Empty for a native executable. */
    OptionalLong liveBytes() throws IOException {
        Matcher total = TOTAL.matcher(histogram());
        return total.find() ? OptionalLong.of(Long.parseLong(total.group(1))) : OptionalLong.empty();
    }

    /** The objects that a full garbage collection leaves, by class. */
    String histogram() throws IOException {
        Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid), "GC.class_histogram").redirectErrorStream(true).start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Path directory() {
        return Path.of("/proc", Long.toString(pid));
    }
}
