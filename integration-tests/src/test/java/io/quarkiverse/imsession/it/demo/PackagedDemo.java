package io.quarkiverse.imsession.it.demo;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application that this build has packaged, as a process of its own: the jar, or the native executable. */
public final class PackagedDemo implements AutoCloseable {

    private static final Path TARGET = Path.of("target");
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://\\S+)");
    private static final Pattern TROUBLE = Pattern.compile("^\\S+ \\S+ (WARN|ERROR|FATAL) ");
    /** A machine that is busy with other things may stop all threads for long, which is nobody's fault. */
    private static final String BUSY_MACHINE = "[io.vertx.core.impl.BlockedThreadChecker]";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final Path log;
    private final String uri;

    private PackagedDemo(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.uri = awaitStart();
    }

    /** As other tests start packaged applications. */
    public static PackagedDemo start(String redisUri) throws IOException {
        String options = System.getProperty("quarkus.test.arg-line", "");
        return start(redisUri, List.of(), options.isBlank() ? List.of() : List.of(options.trim().split(" +")));
    }

    /**
     * @param settings as {@code -Dname=value}
     * @param jvmOptions for the jar only; a native executable has no JVM
     */
    public static PackagedDemo start(String redisUri, List<String> settings, List<String> jvmOptions) throws IOException {
        List<String> command = new ArrayList<>();
        Path artifact;
        Properties properties = new Properties();
        try (InputStream file = Files.newInputStream(TARGET.resolve("quarkus-artifact.properties"))) {
            properties.load(file);
            artifact = TARGET.resolve(properties.getProperty("path"));
        }
        List<String> options = new ArrayList<>(List.of("-Dquarkus.http.host=localhost", "-Dquarkus.http.port=0",
                "-Dquarkus.redis.hosts=" + redisUri));
        options.addAll(settings);
        if (properties.getProperty("type").equals("native")) {
            command.add(artifact.toAbsolutePath().toString());
            command.addAll(options);
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(jvmOptions);
            command.addAll(options);
            command.addAll(List.of("-jar", artifact.toString()));
        }
        Path log = Files.createTempFile(TARGET, "packaged-demo", ".log");
        return new PackagedDemo(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(),
                log);
    }

    public String uri() {
        return uri;
    }

    public long pid() {
        return process.pid();
    }

    /** What it has logged so far. */
    public List<String> log() throws IOException {
        return Files.readAllLines(log);
    }

    /** The lines of its log that tell of trouble. */
    public List<String> trouble() throws IOException {
        return log().stream().filter(line -> TROUBLE.matcher(line).find() && !line.contains(BUSY_MACHINE)).toList();
    }

    /** Asks the application to stop, and waits until it has. */
    void stop() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    /** Kills the application. */
    void crash() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("The application did not stop, see " + log);
        }
    }

    private String awaitStart() {
        try {
            await("start of the application, see " + log).atMost(PATIENCE)
                    .failFast("the application ended, see " + log, () -> !process.isAlive())
                    .until(() -> LISTENING.matcher(Files.readString(log)).find());
            Matcher listening = LISTENING.matcher(Files.readString(log));
            listening.find();
            return listening.group(1);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw new IllegalStateException("The application did not start", e);
        }
    }
}
