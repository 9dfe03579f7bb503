package io.quarkiverse.imsession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

import io.quarkiverse.imsession.test.Pages;

/** What the pages of the documentation and the README show is what is compiled, configured and run. */
class DocumentationTest {

    private static final Pattern KEY = Pattern.compile("quarkus(?:\\.(?:[a-z0-9-]+|\"[^\"\\n]+\"))+(?![.\\w<*\"-])");
    private static final Pattern LINK = Pattern.compile("xref:([\\w-]+\\.adoc)(?:#([\\w-]+))?\\[");
    private static final Pattern SECTION = Pattern.compile("^==+ (.*)$", Pattern.MULTILINE);
    private static final String README = "README.md";
    private static final int LINES_OF_A_SCREEN = 150;
    private static final Set<String> NO_KEYS = Set.of("quarkus.io", "quarkus.version");
    private static final List<String> INCLUDED = List.of("java", "xml", "html", "javascript");
    private static final Pattern ANY_BLOCK = Pattern.compile(
            "^(?:\\[ *(?:source)?[^\\],\\n]*, *|```)(?:java|javascript|xml|html|js|kotlin)\\b",
            Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern TAGGED = Pattern.compile("include::\\{examples-dir}([^\\[\\s]+)\\[tag=([\\w-]+)");
    private static final Pattern README_LINK = Pattern.compile("(?:]\\(|src(?:set)?=\")(?!https?:)([^)#\"]+)");
    private static final String COMMANDS = "src/test/resources/commands.txt";

    @TestFactory
    Stream<DynamicTest> codeOfPagesIsIncludedFromASourceThatIsCompiledOrRun() {
        return INCLUDED.stream().flatMap(language -> Pages.blocks(language).stream())
                .filter(block -> !block.page().equals(README))
                .map(block -> test(block, () -> {
                    assertThat(Pages.INCLUDE.matcher(block.written()).replaceAll("")).as("This is not included from a source")
                            .isBlank();
                    List<MatchResult> includes = Pages.INCLUDE.matcher(block.written()).results().toList();
                    for (MatchResult include : includes) {
                        assertThat(modules()).as("This is a source of no module: %s", include.group())
                                .anyMatch(Pages.EXAMPLES.resolve(include.group(1)).toRealPath()::startsWith);
                    }
                }));
    }

    @Test
    void blocksOfCodeAreWrittenInTheFormThatIsChecked() {
        long checked = INCLUDED.stream().flatMap(language -> Pages.blocks(language).stream())
                .filter(block -> !block.page().equals(README)).count();
        assertThat(Pages.all().stream().filter(page -> !page.endsWith(README))
                .flatMap(page -> ANY_BLOCK.matcher(Pages.read(page)).results())).hasSize((int) checked);
    }

    private static List<Path> modules() throws IOException {
        Path root = Pages.ROOT.toRealPath();
        return MODULE.matcher(Pages.read(root.resolve("pom.xml"))).results().map(module -> module.group(1))
                .filter(module -> !module.equals("docs")).map(root::resolve).toList();
    }

    @Test
    void tagsOfSourcesAreThoseOfPages() throws IOException {
        Set<String> included = Pages.all().stream().flatMap(page -> TAGGED.matcher(Pages.read(page)).results())
                .map(include -> include.group(1) + " " + include.group(2)).collect(Collectors.toSet());
        Set<String> tagged = new HashSet<>();
        try (Stream<Path> sources = Files.walk(Pages.EXAMPLES, FileVisitOption.FOLLOW_LINKS)) {
            sources.filter(Files::isRegularFile).forEach(source -> Pages.tags(source)
                    .forEach(tag -> tagged.add(Pages.EXAMPLES.relativize(source) + " " + tag)));
        }
        assertThat(tagged).isNotEmpty().isSubsetOf(included);
    }

    @TestFactory
    Stream<DynamicTest> codeOfTheReadmeIsPartOfASource() {
        String sources = Pages.code(".java", ".xml");
        return Stream.of("java", "xml").flatMap(language -> Pages.blocks(language).stream())
                .filter(block -> block.page().equals(README))
                .map(block -> test(block, () -> assertThat(sources.contains(Pages.withoutBlanks(block.code())))
                        .as("This is of no source:%n%s", block.code()).isTrue()));
    }

    @Test
    void readmeFitsAScreenAndNamesTheTestCommand() {
        String readme = Pages.read(Pages.ROOT.resolve(README));
        assertThat(readme.lines()).hasSizeLessThanOrEqualTo(LINES_OF_A_SCREEN).contains("./mvnw -B -T2 verify");
        assertThat(README_LINK.matcher(readme).results()).isNotEmpty()
                .extracting(link -> link.group(1))
                .allSatisfy(file -> assertThat(Pages.ROOT.resolve(file)).exists());
    }

    @TestFactory
    Stream<DynamicTest> propertiesExistAndTheirValuesAreUnderstood() {
        Settings settings = new Settings();
        return Pages.blocks("properties").stream().map(block -> test(block, () -> settings.check(block.code())));
    }

    @TestFactory
    Stream<DynamicTest> keysInTheTextExist() {
        Settings settings = new Settings();
        return Pages.all().stream().map(page -> DynamicTest.dynamicTest(page.getFileName().toString(),
                () -> assertThat(keys(Pages.read(page))).allMatch(settings::knows)));
    }

    @Test
    void linksLeadToPagesAndSectionsAndAllPagesAreInTheNavigation() {
        Map<String, String> pages = Pages.all().stream()
                .collect(Collectors.toMap(page -> page.getFileName().toString(), Pages::read));
        List<MatchResult> links = pages.values().stream().flatMap(page -> LINK.matcher(page).results()).toList();
        assertThat(links).isNotEmpty().allSatisfy(link -> {
            assertThat(pages).as(link.group()).containsKey(link.group(1));
            assertThat(link.group(2) == null ? List.of() : List.of(link.group(2))).as(link.group())
                    .isSubsetOf(sections(pages.get(link.group(1))));
        });
        String navigation = Pages.read(Pages.ROOT.resolve("docs/modules/ROOT/nav.adoc"));
        assertThat(Pages.all()).filteredOn(page -> page.getParent().endsWith("pages"))
                .allMatch(page -> navigation.contains("xref:" + page.getFileName() + "["));
    }

    private static List<String> sections(String page) {
        return SECTION.matcher(page).results().map(title -> "_" + title.group(1).toLowerCase(Locale.ROOT)
                .replaceAll("[^\\w]+", "_")).toList();
    }

    @TestFactory
    Stream<DynamicTest> commandsWereRun() {
        Set<String> run = Pages.read(Path.of(COMMANDS)).lines().map(String::strip).collect(Collectors.toSet());
        return Pages.blocks("shell").stream().map(block -> test(block,
                () -> assertThat(commands(block.code())).as("Run them, and add them to docs-tests/" + COMMANDS)
                        .isSubsetOf(run)));
    }

    private static DynamicTest test(Pages.Block block, Executable check) {
        return DynamicTest.dynamicTest(block.page() + ": " + block.code().lines().findFirst().orElse(""), check);
    }

    private static List<String> keys(String text) {
        return KEY.matcher(text).results().map(match -> match.group()).filter(key -> !NO_KEYS.contains(key)).distinct()
                .toList();
    }

    private static List<String> commands(String code) {
        return code.replace("\\\n", " ").lines()
                .map(line -> line.replaceFirst("(^|\\s+)# .*", "").replaceAll("\\s+", " ").strip())
                .filter(line -> !line.isEmpty()).toList();
    }
}
