package io.quarkiverse.imsession.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The code on a page of the documentation. */
public final class DocumentedCode {

    private DocumentedCode() {
    }

    /**
     * Each block of Java on a page is part of a file that is compiled.
     *
     * @param page the name of the page
     * @param file the path of the file from the folder of the module
     */
    public static void assertIsCompiled(String page, String file) throws IOException {
        String compiled = withoutBlanks(Files.readString(Path.of(file)));
        assertThat(blocks(page, "java")).isNotEmpty().allSatisfy(block -> assertThat(compiled).contains(withoutBlanks(block)));
    }

    /** The blocks of a language on a page. */
    public static List<String> blocks(String page, String language) throws IOException {
        Pattern block = Pattern.compile("\\[source," + language + "]\n----\n(.*?)\n----\n", Pattern.DOTALL);
        return block.matcher(Files.readString(Path.of("../docs/modules/ROOT/pages", page))).results()
                .map(found -> found.group(1)).toList();
    }

    /** Classes of their own on the page are nested in the file. */
    private static String withoutBlanks(String code) {
        return code.replace("public static class", "public class").replaceAll("\\s+", "");
    }
}
