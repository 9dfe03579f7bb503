package io.quarkiverse.imsession.test;

import static java.util.regex.Pattern.DOTALL;
import static java.util.regex.Pattern.MULTILINE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All pages of the documentation, and the README. Code that a page includes is read from its source. */
public final class Pages {

    /** Tests run in the folder of their module. */
    public static final Path ROOT = Files.isDirectory(Path.of("../docs")) ? Path.of("..") : Path.of("../..");

    /** A source, or the part of it between two tags. */
    public static final Pattern INCLUDE = Pattern.compile("^include::\\{examples-dir}([^\\[\\s]+)\\[([^]]*)]$", MULTILINE);
    /** Links to the sources that pages include. */
    public static final Path EXAMPLES = ROOT.resolve("docs/modules/ROOT/examples");

    private static final Pattern TAG_ATTRIBUTE = Pattern.compile("\\btag=([\\w-]+)");
    private static final Pattern TAG = Pattern.compile("\\b(?:tag|end)::([\\w-]+)\\[]");
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

    /** The blocks of code in a language. Fails if one includes what is not there. */
    public static List<Block> blocks(String language) {
        return all().stream().flatMap(page -> (page.toString().endsWith(".md") ? MARKDOWN : ASCII_DOC).matcher(read(page))
                .results().filter(block -> block.group(1).equals(language))
                .map(block -> new Block(page.getFileName().toString(), block.group(2), code(page, block.group(2))))).toList();
    }

    private static String code(Path page, String written) {
        return INCLUDE.matcher(written).replaceAll(include -> Matcher.quoteReplacement(included(page, include)));
    }

    private static String included(Path page, MatchResult include) {
        Path source = EXAMPLES.resolve(include.group(1));
        assertThat(source).as("%s: %s", page.getFileName(), include.group()).isRegularFile();
        Matcher tag = TAG_ATTRIBUTE.matcher(include.group(2));
        String code = tag.find() ? part(read(source), tag.group(1)) : read(source);
        assertThat(code).as("%s: %s", page.getFileName(), include.group()).isNotBlank();
        String shown = code.lines().filter(line -> !TAG.matcher(line).find()).collect(Collectors.joining("\n"));
        return include.group(2).contains("indent=0") ? shown.stripIndent() : shown;
    }

    /** Empty if there is no such tag. */
    private static String part(String source, String tag) {
        String[] parts = source.split("[^\n]*\\b(?:tag|end)::" + tag + "\\[][^\n]*\n");
        return parts.length == 2 || parts.length == 3 ? parts[1] : "";
    }

    /** The tags of a source, each once. */
    public static Set<String> tags(Path source) {
        return TAG.matcher(read(source)).results().map(tag -> tag.group(1)).collect(Collectors.toSet());
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

    /**
     * A block of code on a page.
     *
     * @param written as the page has it
     * @param code as its readers see it
     */
    public record Block(String page, String written, String code) {
    }
}
