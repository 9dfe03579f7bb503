package io.quarkiverse.imsession.it.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/** A file system of few megabytes in memory. Only root can have one; the test is skipped otherwise. */
final class PostgresSmallDisk implements AutoCloseable {

    private final Path folder;

    private PostgresSmallDisk(Path folder) {
        this.folder = folder;
    }

    static PostgresSmallDisk mount() {
        try {
            Path folder = Files.createTempDirectory("imsession-disk-");
            boolean isMounted = run("mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", folder.toString());
            Assumptions.assumeTrue(isMounted, "Only root can mount a small disk");
            return new PostgresSmallDisk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try {
            run("umount", "-l", folder.toString());
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean run(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
