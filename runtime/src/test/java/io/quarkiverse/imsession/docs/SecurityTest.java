package io.quarkiverse.imsession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The list of properties on the page of security names tests that there are. */
class SecurityTest {

    private static final Pattern CELL = Pattern.compile("^\\| ", Pattern.MULTILINE);
    private static final Pattern ROW = Pattern.compile("^\\| [^|\\n]+\\n\\| [^|\\n]+\\n\\| ([^|\\n]+)\\n", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

    @Test
    void eachPropertyOfTheListHasATestThatExists() throws IOException {
        String page = Files.readString(Path.of("../docs/modules/ROOT/pages/security.adoc"));
        String list = page.substring(page.indexOf("\n[cols", page.indexOf("\n== The list")));
        List<String> rows = ROW.matcher(list).results().map(row -> row.group(1)).toList();
        assertThat(rows).hasSize((int) CELL.matcher(list).results().count() / 3)
                .allMatch(tests -> TEST.matcher(tests).find());

        Map<String, String> sources = testSources();
        for (MatchResult test : TEST.matcher(page).results().toList()) {
            String source = sources.get(test.group(1));
            assertThat(source).as(test.group()).isNotNull();
            assertThat(isTest(source, test.group(2))).as(test.group()).isTrue();
        }
    }

    private static boolean isTest(String source, String method) {
        return Pattern.compile("@(Parameterized)?Test\\b[^{;]*void " + method + "\\(").matcher(source.replaceAll(
                "(?s)@\\w+Source\\(.*?\\)\\n|\\(name = \"[^\"]*\"\\)", "")).find();
    }

    /** By the names of their classes; of several classes with the same name all. */
    private static Map<String, String> testSources() throws IOException {
        Stream<Path> tests = Stream
                .of("runtime", "deployment", "testing", "security-tests", "security-tests/application", "oidc-tests",
                        "oidc-tests/application", "form-tests", "passkey-tests", "passkey-tests/application", "migration-tests",
                        "web-tests", "observability-tests", "browser-tests", "integration-tests", "tutorial")
                .map(module -> Path.of("..", module, "src", "test", "java"));
        try (Stream<Path> folders = Stream.concat(tests, Stream.of(Path.of("../testing/src/main/java")))) {
            return folders.flatMap(SecurityTest::javaFiles).collect(Collectors.toMap(
                    file -> file.getFileName().toString().replace(".java", ""), SecurityTest::read, String::concat));
        }
    }

    private static Stream<Path> javaFiles(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
