package io.quarkiverse.imsession.test;

import static java.util.regex.Pattern.DOTALL;
import static java.util.regex.Pattern.MULTILINE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All pages of the documentation, and the README. */
public final class Pages {

    public static final Path ROOT = Path.of("..");

    private static final Pattern ASCII_DOC = Pattern.compile(
            "^\\[source,(\\w+)[^]\\n]*]\\n(?:\\.[^\\n]+\\n)?----\\n(.*?)\\n----$",
            DOTALL | MULTILINE);
    private static final Pattern MARKDOWN = Pattern.compile("^```(\\w+)\\n(.*?)\\n```$", DOTALL | MULTILINE);

    private Pages() {
    }

    /** The pages; what other builds write into {@code includes} is of no concern but for its text. */
    public static List<Path> all() {
        return Stream.concat(files(ROOT.resolve("docs/modules/ROOT/pages"), name -> name.endsWith(".adoc")),
                Stream.of(ROOT.resolve("README.md"))).toList();
    }

    /** The blocks of code in a language. */
    public static List<Block> blocks(String language) {
        return all().stream().flatMap(page -> (page.toString().endsWith(".md") ? MARKDOWN : ASCII_DOC).matcher(read(page))
                .results().filter(block -> block.group(1).equals(language))
                .map(block -> new Block(page.getFileName().toString(), block.group(2)))).toList();
    }

    /** The text of all files of all modules whose names end so, one after the other, without blanks. */
    public static String code(String... endings) {
        StringBuilder code = new StringBuilder();
        modules()
                .flatMap(module -> Stream.concat(
                        files(module.resolve("src"), name -> Stream.of(endings).anyMatch(name::endsWith)),
                        Stream.of(module.resolve("pom.xml")).filter(pom -> List.of(endings).contains(".xml"))))
                .forEach(file -> code.append(withoutBlanks(read(file))).append('\n'));
        return code.toString();
    }

    private static Stream<Path> modules() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")) && Files.isDirectory(folder.resolve("src")))
                    .toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Classes of their own on a page may be nested in the file. */
    public static String withoutBlanks(String code) {
        return code.replace("public static class", "public class").replaceAll("\\s+", "");
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path folder, Predicate<String> wanted) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> wanted.test(file.getFileName().toString())).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A block of code on a page. */
    public record Block(String page, String code) {
    }
}
