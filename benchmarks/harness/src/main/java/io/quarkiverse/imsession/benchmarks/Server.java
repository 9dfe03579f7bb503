package io.quarkiverse.imsession.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.imsession.test.RedisServer;

/** A contestant that runs. */
final class Server implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final Contestant contestant;
    private final int port = RedisServer.freePort();
    private final Process process;
    private final double startMillis;

    /** Starts it, and waits until it answers. */
    Server(Contestant contestant, String redisUri, Path log) throws IOException, InterruptedException {
        this.contestant = contestant;
        ProcessBuilder builder = new ProcessBuilder(contestant.command()).directory(contestant.directory().toFile())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(contestant.environment());
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("REDIS_URI", redisUri);
        long start = System.nanoTime();
        this.process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() - start > START_TIMEOUT.toNanos()) {
                process.destroyForcibly();
                throw new IOException(contestant.name() + " did not start: see " + log);
            }
            Thread.sleep(2);
        }
        this.startMillis = (System.nanoTime() - start) / 1e6;
    }

    Contestant contestant() {
        return contestant;
    }

    int port() {
        return port;
    }

    ProcessStatus status() {
        return new ProcessStatus(process.pid());
    }

    /** Sends a command of jcmd to its JVM. */
    void command(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(process.pid())));
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

    private boolean answers() {
        try (Client client = new Client(port, "start")) {
            return client.call(Route.PLAIN).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
