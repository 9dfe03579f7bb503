package io.quarkiverse.imsession.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.imsession.test.RedisServer;

/** A contestant that runs, in one or more processes. */
final class Server implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final Contestant contestant;
    private final List<Integer> ports = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final double startMillis;

    /**
     * Starts it, and waits until it answers.
     *
     * @param database how it finds the database
     */
    Server(Contestant contestant, Map<String, String> database, Path log) throws IOException, InterruptedException {
        this.contestant = contestant;
        long start = System.nanoTime();
        for (int i = 0; i < contestant.instances(); i++) {
            int port = RedisServer.freePort();
            ports.add(port);
            processes.add(start(port, database, log));
        }
        while (!answers()) {
            if (!isRunning() || System.nanoTime() - start > START_TIMEOUT.toNanos()) {
                processes.forEach(Process::destroyForcibly);
                throw new IOException(contestant.name() + " did not start: see " + log);
            }
            Thread.sleep(2);
        }
        this.startMillis = (System.nanoTime() - start) / 1e6;
    }

    private Process start(int port, Map<String, String> database, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(contestant.command()).directory(contestant.directory().toFile())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(contestant.environment());
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().putAll(database);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    Contestant contestant() {
        return contestant;
    }

    /** The ports of all instances. */
    List<Integer> ports() {
        return ports;
    }

    ProcessStatus status() {
        return new ProcessStatus(processes.stream().map(Process::pid));
    }

    /** Sends a command of jcmd to the JVM of its first instance. */
    void command(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(processes.get(0).pid())));
        command.addAll(List.of(words));
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + said);
        }
    }

    double startMillis() {
        return startMillis;
    }

    private boolean isRunning() {
        return processes.stream().allMatch(Process::isAlive);
    }

    private boolean answers() {
        try (Client client = new Client(ports, "start", 0)) {
            boolean all = true;
            for (int i = 0; i < ports.size(); i++) {
                all &= client.call(Route.PLAIN).status() == 200;
            }
            return all;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
