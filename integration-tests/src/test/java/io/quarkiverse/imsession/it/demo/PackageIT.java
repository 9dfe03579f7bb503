package io.quarkiverse.imsession.it.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.Test;

class PackageIT {

    /** What is run, or made into a native executable. */
    private static final Path PACKAGE = Path.of("target", "memory");

    @Test
    void aPackagedApplicationHasNothingOfTheDevUi() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.walk(PACKAGE)) {
            names = files.filter(file -> file.toString().endsWith(".jar")).flatMap(PackageIT::names).toList();
        }

        assertThat(names).contains("io/quarkiverse/imsession/ImSession.class")
                .noneMatch(name -> name.startsWith("io/quarkiverse/imsession/runtime/dev/"))
                .noneMatch(name -> name.contains("SessionsJsonRpcService"))
                .noneMatch(name -> name.contains("qwc-imsession"));
    }

    private static Stream<String> names(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.stream().map(ZipEntry::getName).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
