package io.quarkiverse.imsession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

class LogOutEverywhereTest {

    private static final Pattern JAVA = Pattern.compile("\\[source,java]\n----\n(.*?)\n----\n", Pattern.DOTALL);

    @Test
    void codeOfThePageIsCodeThatCompiles() throws IOException {
        String page = Files.readString(Path.of("../docs/modules/ROOT/pages/log-out-everywhere.adoc"));
        String compiled = withoutBlanks(
                Files.readString(Path.of("src/test/java/io/quarkiverse/imsession/docs/LogOutEverywhere.java")));
        List<String> blocks = JAVA.matcher(page).results().map(block -> block.group(1)).toList();
        assertThat(blocks).hasSizeGreaterThan(3).allSatisfy(block -> assertThat(compiled).contains(withoutBlanks(block)));
    }

    private static String withoutBlanks(String code) {
        return code.replaceAll("\\s+", "");
    }
}
