package io.quarkiverse.imsession.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What Linux tells of the processes of a server, all together. */
final class ProcessStatus {

    /** In this file Linux counts in hundredths of a second, whatever its clock is. */
    private static final double TICK_MICROS = 10_000;

    private final List<Path> directories;

    ProcessStatus(Stream<Long> pids) {
        this.directories = pids.map(pid -> Path.of("/proc", Long.toString(pid))).toList();
    }

    /**
     * The CPU time of each thread so far, in nanoseconds. Of a whole process Linux tells it only to a hundredth of a second.
     */
    Map<String, Long> threads() {
        return threads(name -> true);
    }

    /** The same of those that compile, if these are JVMs. */
    Map<String, Long> compilerThreads() {
        return threads(name -> name.matches("C[12] Compiler.*"));
    }

    private Map<String, Long> threads(Predicate<String> named) {
        Map<String, Long> times = new HashMap<>();
        directories.forEach(directory -> addThreads(directory, named, times));
        return times;
    }

    private static void addThreads(Path directory, Predicate<String> named, Map<String, Long> times) {
        try (Stream<Path> threads = Files.list(directory.resolve("task"))) {
            for (Path thread : (Iterable<Path>) threads::iterator) {
                try {
                    if (!named.test(Files.readString(thread.resolve("comm")).trim())) {
                        continue;
                    }
                    String line = Files.readString(thread.resolve("schedstat"));
                    times.put(thread.getFileName().toString(), Long.parseLong(line.substring(0, line.indexOf(' '))));
                } catch (IOException e) {
                    // It ended meanwhile: its files are not there any more, or cannot be read any more.
                }
            }
        } catch (NoSuchFileException e) {
            // The whole process has ended.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The CPU time since an earlier look, in microseconds; that of threads that ended meanwhile is missing. */
    double cpuSince(Map<String, Long> before) {
        return since(before, threads());
    }

    /** The same of what the compiler used. */
    double compilerCpuSince(Map<String, Long> before) {
        return since(before, compilerThreads());
    }

    private static double since(Map<String, Long> before, Map<String, Long> now) {
        long nanos = 0;
        for (Map.Entry<String, Long> thread : now.entrySet()) {
            nanos += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
        }
        return nanos / 1000.0;
    }

    /** The CPU time of the whole processes so far. */
    CpuTime cpuTime() {
        return directories.stream().map(ProcessStatus::cpuTime).reduce(new CpuTime(0, 0), CpuTime::plus);
    }

    private static CpuTime cpuTime(Path directory) {
        try {
            String line = Files.readString(directory.resolve("stat"));
            // The name of the program may contain anything.
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return new CpuTime(Long.parseLong(fields[11]) * TICK_MICROS, Long.parseLong(fields[12]) * TICK_MICROS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The memory that the processes have in RAM, in bytes. */
    long residentBytes() {
        return directories.stream().mapToLong(ProcessStatus::residentBytes).sum();
    }

    private static long residentBytes(Path directory) {
        try (Stream<String> lines = Files.lines(directory.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst().orElseThrow() * 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In microseconds. */
    record CpuTime(double userMicros, double kernelMicros) {

        CpuTime plus(CpuTime other) {
            return new CpuTime(userMicros + other.userMicros, kernelMicros + other.kernelMicros);
        }

        CpuTime minus(CpuTime earlier) {
            return new CpuTime(userMicros - earlier.userMicros, kernelMicros - earlier.kernelMicros);
        }
    }
}
