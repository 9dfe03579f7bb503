package io.quarkiverse.imsession.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The code on a page of the documentation. */
public final class DocumentedCode {

    private static final Pattern JAVA = Pattern.compile("\\[source,java]\n----\n(.*?)\n----\n", Pattern.DOTALL);

    private DocumentedCode() {
    }

    /**
     * Each block of Java on a page is part of files that are compiled.
     *
     * @param page the name of the page
     * @param files their paths from the folder of the module
     */
    public static void assertIsCompiled(String page, String... files) throws IOException {
        StringBuilder sources = new StringBuilder();
        for (String file : files) {
            sources.append(Files.readString(Path.of(file)));
        }
        String compiled = withoutBlanks(sources.toString());
        List<String> blocks = JAVA.matcher(Files.readString(Path.of("../docs/modules/ROOT/pages", page))).results()
                .map(block -> block.group(1)).toList();
        assertThat(blocks).isNotEmpty().allSatisfy(block -> assertThat(compiled).contains(withoutBlanks(block)));
    }

    /** Classes of their own on the page are nested in the file. */
    private static String withoutBlanks(String code) {
        return code.replace("public static class", "public class").replaceAll("\\s+", "");
    }
}
