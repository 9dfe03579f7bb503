package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import io.quarkiverse.imsession.docs.Histograms;
import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkiverse.imsession.test.Pages;
import io.vertx.core.json.JsonObject;

/**
 * The dashboard and the alerts of the page on operations are of meters that an application has. Whoever adds a meter gives it a
 * panel.
 */
class DashboardAndAlertsTest {

    private static final String ATTACHMENTS = "docs/modules/ROOT/attachments/";
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((\\w+)(?:\\{.*})?, (?:job|instance)\\)");
    private static final Pattern IN_LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern IN_ANNOTATION = Pattern.compile("\\$labels\\.(\\w+)");
    private static final int COLUMNS = 24;

    @RegisterExtension
    static final TestApp APP = TestApp
            .of(Routes.class, Meters.class, PromQl.class, Histograms.class)
            .config("quarkus.otel.enabled", "false");

    @Inject
    SessionMetrics metrics;

    private Map<String, List<Map<String, String>>> samples;

    @BeforeEach
    void readSamples() {
        // As the store in PostgreSQL does, whose meters others do not have.
        metrics.storeCounts();
        Client.login("name", "anna");
        samples = samples();
    }

    @Test
    void panelsShowMetersAndLabelsThatThereAre() {
        assertThat(panels()).isNotEmpty().allSatisfy(panel -> assertThat(targets(panel)).isNotEmpty().allSatisfy(target -> {
            String expression = target.getString("expr");
            assertThat(labels(IN_LEGEND, target.getString("legendFormat"))).as(expression)
                    .isEqualTo(PromQl.read(samples, expression).labels());
        }));
    }

    @Test
    void eachMeterHasAPanel() {
        Set<String> shown = panels().stream().flatMap(panel -> targets(panel).stream())
                .flatMap(target -> PromQl.read(samples, target.getString("expr")).metrics().stream())
                .map(DashboardAndAlertsTest::meter).collect(Collectors.toSet());
        assertThat(shown).as("Add a panel to %s for each meter", ATTACHMENTS + "imsession-dashboard.json")
                .isEqualTo(samples.keySet().stream().map(DashboardAndAlertsTest::meter).collect(Collectors.toSet()));
    }

    @Test
    void panelsTellWhatTheyShowAndHaveTheirPlaces() {
        Set<Integer> ids = new HashSet<>();
        Set<String> places = new HashSet<>();
        List<JsonObject> all = objects(dashboard(), "panels");
        assertThat(all).allSatisfy(panel -> {
            assertThat(ids.add(panel.getInteger("id"))).as("An id of its own: %s", panel).isTrue();
            JsonObject place = panel.getJsonObject("gridPos");
            assertThat(place.getInteger("x") + place.getInteger("w")).isLessThanOrEqualTo(COLUMNS);
            for (int x = 0; x < place.getInteger("w"); x++) {
                for (int y = 0; y < place.getInteger("h"); y++) {
                    assertThat(places.add((place.getInteger("x") + x) + "," + (place.getInteger("y") + y)))
                            .as("A place of its own: %s", panel.getString("title")).isTrue();
                }
            }
        });
        assertThat(panels()).allSatisfy(panel -> {
            assertThat(panel.getString("title")).isNotBlank();
            assertThat(panel.getString("description")).isNotBlank();
            assertThat(panel.getJsonObject("datasource").getString("uid")).isEqualTo("${datasource}");
        });
    }

    @Test
    void variablesOfTheDashboardAreOfMetersThatThereAre() {
        List<JsonObject> variables = objects(dashboard().getJsonObject("templating"), "list");
        assertThat(variables).extracting(variable -> variable.getString("name")).containsExactly("datasource", "job",
                "instance");
        assertThat(variables.subList(1, variables.size())).allSatisfy(variable -> {
            Matcher query = LABEL_VALUES.matcher(variable.getString("definition"));
            assertThat(query.matches()).as(variable.getString("definition")).isTrue();
            assertThat(samples).containsKey(query.group(1));
        });
    }

    @Test
    void alertsAreOfMetersAndLabelsThatThereAre() {
        assertThat(alerts()).isNotEmpty().allSatisfy(alert -> {
            Set<String> labels = PromQl.read(samples, (String) alert.get("expr")).labels();
            assertThat(labels).as("%s", alert).contains("job");
            assertThat(annotations(alert).values())
                    .allSatisfy(text -> assertThat(labels).containsAll(labels(IN_ANNOTATION, text)));
        });
    }

    @Test
    void alertsTellWhatHappenedAndWhatToDo() {
        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(alert.keySet()).isSubsetOf("alert", "expr", "for", "labels", "annotations");
            assertThat((String) alert.get("alert")).matches("Session[A-Za-z]+");
            assertThat((String) alert.getOrDefault("for", "1m")).matches("[1-9]\\d*[smhd]");
            assertThat(alert.get("labels")).isIn(Map.of("severity", "critical"), Map.of("severity", "warning"),
                    Map.of("severity", "info"));
            assertThat(annotations(alert)).containsOnlyKeys("summary", "description").allSatisfy((name, text) -> {
                assertThat(text).isNotBlank();
                assertThat(text.split("\\{\\{", -1)).as(text).hasSameSizeAs(text.split("}}", -1));
            });
        });
    }

    @Test
    void thePageNamesAllAlertsAndNoOthers() {
        String page = Pages.read(Pages.ROOT.resolve("docs/modules/ROOT/pages/operations.adoc"));
        List<String> named = Pattern.compile("^\\| `(Session[A-Za-z]+)`$", Pattern.MULTILINE).matcher(page).results()
                .map(name -> name.group(1)).toList();
        assertThat(named).isEqualTo(alerts().stream().map(alert -> (String) alert.get("alert")).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "sum (rate(imsession_loads[5m]))",
            "sum (rate(imsession_loads_total{reason=\"found\"}[5m]))",
            "sum (rate(imsession_loads_total{result=\"lost\"}[5m]))",
            "sum (rate(imsession_loads_total{result=~\"found|lost\"}[5m]))",
            "sum (rate(imsession_loads_total))",
            "sum (imsession_loads_total)",
            "sum by (job) (rate(imsession_loads_total[5m])",
            "sum by (reason) (rate(imsession_loads_total[5m]))",
            "sum by (result) (sum (rate(imsession_loads_total[5m])))",
            "sum by (job) (rate(imsession_loads_total[5m])) / sum (rate(imsession_loads_total[5m]))",
            "max (rate(imsession_sessions_active[5m]))",
            "histogram_quantile(0.9, sum (rate(imsession_store_operation_seconds_bucket[5m])))",
            "sum (rate(imsession_loads_total[5 minutes]))" })
    void theCheckFindsWhatIsWrong(String expression) {
        assertThatThrownBy(() -> PromQl.read(samples, expression)).isInstanceOf(AssertionError.class);
    }

    /** The labels of the samples that Prometheus reads, by their metrics. */
    private static Map<String, List<Map<String, String>>> samples() {
        Map<String, List<Map<String, String>>> samples = new TreeMap<>();
        Meters.read().keySet().forEach(text -> {
            Matcher sample = SAMPLE.matcher(text);
            assertThat(sample.matches()).as(text).isTrue();
            Map<String, String> labels = new TreeMap<>();
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
            }
            samples.computeIfAbsent(sample.group(1), metric -> new ArrayList<>()).add(labels);
        });
        return samples;
    }

    /** The meter of which a metric tells something. */
    private static String meter(String metric) {
        return metric.replaceFirst("_(?:total|sum|count|max|bucket)$", "");
    }

    private static Set<String> labels(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(label -> label.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonObject dashboard() {
        return new JsonObject(Pages.read(Pages.ROOT.resolve(ATTACHMENTS + "imsession-dashboard.json")));
    }

    /** Those with a graph or a number: the others are headings. */
    private static List<JsonObject> panels() {
        return objects(dashboard(), "panels").stream().filter(panel -> !panel.getString("type").equals("row")).toList();
    }

    private static List<JsonObject> targets(JsonObject panel) {
        return objects(panel, "targets");
    }

    private static List<JsonObject> objects(JsonObject parent, String name) {
        return parent.getJsonArray(name).stream().map(JsonObject.class::cast).toList();
    }

    private static List<Map<String, Object>> alerts() {
        Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Pages.read(Pages.ROOT.resolve(ATTACHMENTS + "imsession-alerts.yml")));
        return maps(file, "groups").flatMap(group -> maps(group, "rules")).toList();
    }

    @SuppressWarnings("unchecked")
    private static Stream<Map<String, Object>> maps(Map<String, Object> parent, String name) {
        return ((List<Map<String, Object>>) parent.get(name)).stream();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> annotations(Map<String, Object> alert) {
        return (Map<String, String>) alert.get("annotations");
    }
}
