package io.quarkiverse.imsession.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * Runs the lines of a page that call {@code curl} or an alias of it, copy a file or set a variable, one after the other, and
 * compares what they print with the comments there.
 */
public final class Transcript {

    private static final long PATIENCE_SECONDS = 300;
    private static final Pattern COMMAND = Pattern.compile("^\\w+=\\$\\(|^cp \\w+ \\w+$|\\bcurl ");
    private static final Pattern ALIAS = Pattern.compile("^alias (\\w+)='curl ", Pattern.MULTILINE);
    private static final Pattern COMMENT = Pattern.compile("\\s+# ");

    private Transcript() {
    }

    /** @param port of the application, which is at 8080 on the page */
    public static void assertRunsAsShown(String page, int port) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("transcript");
        Assumptions.assumeTrue(run(folder, "command -v curl; command -v bash").contains("curl"), "There is no curl");
        String typed = Pages.blocks("shell").stream().filter(block -> block.page().equals(page)).map(Pages.Block::code)
                .collect(Collectors.joining("\n"));
        Set<String> aliases = ALIAS.matcher(typed).results().map(alias -> alias.group(1)).collect(Collectors.toSet());
        List<String> lines = typed.lines()
                .filter(line -> COMMAND.matcher(line).find() || aliases.contains(line.split(" ")[0])).toList();
        assertThat(lines).isNotEmpty();
        StringBuilder script = new StringBuilder("shopt -s expand_aliases\n");
        for (String line : lines) {
            script.append(COMMENT.split(line)[0].replace("curl ", "curl -s ").replace("localhost:8080", "127.0.0.1:" + port))
                    .append("; echo\n");
        }
        String printed = run(folder, script.toString()).lines().filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
        String shown = lines.stream().map(COMMENT::split).filter(parts -> parts.length > 1).map(parts -> parts[1].strip())
                .collect(Collectors.joining("\n"));
        assertThat(printed).matches(Pattern.compile(
                Stream.of(shown.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"))));
    }

    private static String run(Path folder, String script) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder("bash", "-c", script).directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
