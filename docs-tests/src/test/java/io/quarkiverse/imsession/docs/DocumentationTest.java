package io.quarkiverse.imsession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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

    private static final Pattern CALLOUT = Pattern.compile(" *// <\\d+>");
    private static final Pattern KEY = Pattern.compile("quarkus(?:\\.(?:[a-z0-9-]+|\"[^\"\\n]+\"))+(?![.\\w<*\"-])");
    private static final Pattern ROW = Pattern.compile("^\\| (`[^|]+) \\|", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("xref:([\\w-]+\\.adoc)(?:#([\\w-]+))?\\[");
    private static final Pattern SECTION = Pattern.compile("^==+ (.*)$", Pattern.MULTILINE);
    /** Its HTML is that of an application of a test. */
    private static final String RUN_AS_IT_IS = "templates.adoc";
    private static final Set<String> NO_KEYS = Set.of("quarkus.io", "quarkus.version");
    private static final String COMMANDS = "src/test/resources/commands.txt";

    @TestFactory
    Stream<DynamicTest> javaIsPartOfAFileThatIsCompiled() {
        return arePartOf(Pages.code(".java"), "java", "of no file that is compiled");
    }

    @TestFactory
    Stream<DynamicTest> markupIsPartOfAResourceOfATest() {
        String resources = Pages.code(".html", ".js", ".xml", ".java");
        return Stream.of("xml", "html", "javascript")
                .flatMap(language -> arePartOf(resources, language, "of no resource of a test"));
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
    void keysInTheTableOfTheReadmeExist() {
        Settings settings = new Settings();
        String readme = Pages.read(Pages.ROOT.resolve("README.md"));
        String table = readme.substring(readme.indexOf("\n## Configuration"), readme.indexOf("\n## Ancestors"));
        List<String> keys = ROW.matcher(table).results().flatMap(row -> CODE.matcher(row.group(1)).results())
                .map(key -> "quarkus.imsession." + key.group(1).replace("<field>", "field")).toList();
        assertThat(keys).hasSizeGreaterThan(40).contains("quarkus.imsession.timeout").allMatch(settings::knows);
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

    private static Stream<DynamicTest> arePartOf(String all, String language, String problem) {
        return Pages.blocks(language).stream().filter(block -> !language.equals("html") || !block.page().equals(RUN_AS_IT_IS))
                .map(block -> test(block, () -> {
                    String code = Pages.withoutBlanks(CALLOUT.matcher(block.code()).replaceAll(""));
                    assertThat(all.contains(code)).as("This is %s:%n%s", problem, block.code()).isTrue();
                }));
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
