package io.quarkiverse.imsession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The `pom.xml` excludes tests by their name that the tag "packaged" would exclude too late. */
class PackagedTestsTest {

    private static final Pattern EXCLUDED = Pattern.compile("<exclude>(.*Test\\.java)</exclude>");

    @Test
    void testsThatAreExcludedByTheirNameAreThoseWithTheTag() throws IOException {
        List<PathMatcher> excluded = EXCLUDED.matcher(Files.readString(Path.of("pom.xml"))).results()
                .map(PackagedTestsTest::matcher).toList();
        assertThat(tests(file -> excluded.stream().anyMatch(name -> name.matches(file)))).isNotEmpty()
                .containsExactlyElementsOf(tests(PackagedTestsTest::isPackaged))
                .allMatch(PackagedTestsTest::hasTwin, "has a twin with the suffix IT");
    }

    private static boolean hasTwin(Path file) {
        return Files.exists(file.resolveSibling(file.getFileName().toString().replaceFirst("Test\\.java$", "IT.java")));
    }

    private static PathMatcher matcher(MatchResult exclude) {
        return FileSystems.getDefault().getPathMatcher("glob:" + exclude.group(1));
    }

    private static boolean isPackaged(Path file) {
        try {
            return Files.readAllLines(file).contains("@Tag(\"packaged\")");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> tests(Predicate<Path> condition) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.toString().endsWith("Test.java")).filter(condition).sorted().toList();
        }
    }
}
