package io.quarkiverse.imsession.test;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
public final class PackagedApplication implements AutoCloseable {

    private static final Path TARGET = Path.of("target");
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://\\S+)");
    private static final Pattern TROUBLE = Pattern.compile("^\\S+ \\S+ (WARN|ERROR|FATAL) ");
    /** A machine that is busy with other things may stop all threads for long, which is nobody's fault. */
    private static final String BUSY_MACHINE = "[io.vertx.core.impl.BlockedThreadChecker]";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final Path log;
    private final String uri;

    private PackagedApplication(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.uri = awaitStart();
    }

    /**
     * As other tests start packaged applications.
     *
     * @param settings as {@code -Dname=value}
     */
    public static PackagedApplication start(String... settings) {
        String options = System.getProperty("quarkus.test.arg-line", "");
        return start(options.isBlank() ? List.of() : List.of(options.trim().split(" +")), settings);
    }

    /**
     * @param jvmOptions for the jar only; a native executable has no JVM
     * @param settings as {@code -Dname=value}
     */
    public static PackagedApplication start(List<String> jvmOptions, String... settings) {
        return start(TARGET, jvmOptions, settings);
    }

    /**
     * An application of another module.
     *
     * @param target the folder in which it was packaged
     * @param settings as {@code -Dname=value}
     */
    public static PackagedApplication startOf(Path target, String... settings) {
        return start(target, List.of(), settings);
    }

    private static PackagedApplication start(Path target, List<String> jvmOptions, String... settings) {
        try {
            Path log = Files.createTempFile(TARGET, "packaged", ".log");
            return new PackagedApplication(new ProcessBuilder(command(target, jvmOptions, settings)).redirectErrorStream(true)
                    .redirectOutput(log.toFile()).start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path target, List<String> jvmOptions, String... settings) throws IOException {
        Properties properties = new Properties();
        try (InputStream file = Files.newInputStream(target.resolve("quarkus-artifact.properties"))) {
            properties.load(file);
        }
        Path artifact = target.resolve(properties.getProperty("path"));
        List<String> options = new ArrayList<>(List.of("-Dquarkus.http.host=localhost", "-Dquarkus.http.port=0"));
        options.addAll(List.of(settings));
        List<String> command = new ArrayList<>();
        if (properties.getProperty("type").equals("native")) {
            command.add(artifact.toAbsolutePath().toString());
            command.addAll(options);
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(jvmOptions);
            command.addAll(options);
            command.addAll(List.of("-jar", artifact.toString()));
        }
        return command;
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
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Kills the application. */
    public void crash() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The application did not stop, see " + log);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
