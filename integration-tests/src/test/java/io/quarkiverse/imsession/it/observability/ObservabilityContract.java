package io.quarkiverse.imsession.it.observability;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;

abstract class ObservabilityContract {

    private static final Pattern SAMPLE = Pattern.compile("^(imsession_\\w+(?:\\{[^}]*})?) (\\S+)$", Pattern.MULTILINE);
    static final int ID_LENGTH = 22;
    private static final int FIRST_VIRTUAL_THREADS = 21;
    private static final int REQUESTS = 20;

    private final Client client = new Client();

    @Test
    void prometheusReadsWhatRequestsDoToSessions() {
        Map<String, Double> before = samples();
        String token = Client.token(client.get("/api/views", null)).orElseThrow();
        client.get("/api/views", token);
        client.post("/api/logout", token);
        client.get("/api/session", token);
        Map<String, Double> after = samples();

        assertThat(more("imsession_commits_total{action=\"create\",outcome=\"stored\"}", before, after)).isEqualTo(1);
        assertThat(more("imsession_commits_total{action=\"update\",outcome=\"stored\"}", before, after)).isEqualTo(1);
        assertThat(more("imsession_commits_total{action=\"destroy\",outcome=\"stored\"}", before, after)).isEqualTo(1);
        assertThat(more("imsession_loads_total{result=\"found\"}", before, after)).isEqualTo(2);
        assertThat(more("imsession_tokens_rejected_total{reason=\"unknown\"}", before, after)).isEqualTo(1);
        assertThat(more("imsession_session_size_bytes_count", before, after)).isEqualTo(2);
        String loads = "imsession_store_operation_seconds_count{operation=\"load\",outcome=\"success\"}";
        assertThat(more(loads, before, after)).isEqualTo(3);
        assertThat(more(loads.replace("count", "sum"), before, after)).isPositive();
    }

    @Test
    void theDiagnosticContextHasTheSessionOfTheRequestOnEventLoopsAndWorkers() {
        assertContext("/observability/event-loop");
        assertContext("/observability/worker");
    }

    @Test
    void theDiagnosticContextHasTheSessionOfTheRequestOnVirtualThreadsWhereThereAreAny() {
        int expected = Runtime.version().feature() >= FIRST_VIRTUAL_THREADS ? 200 : 404;
        assertThat(client.get("/observability/virtual-thread", null).statusCode()).isEqualTo(expected);
        if (expected == 200) {
            assertContext("/observability/virtual-thread");
        }
    }

    /** Requests of two clients, and of one without a session, take turns on the same connection. */
    private void assertContext(String path) {
        String one = Client.token(client.get("/api/views", null)).orElseThrow();
        String other = Client.token(client.get("/api/views", null)).orElseThrow();
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(client.get(path, one).body()).isEqualTo(one.substring(0, ID_LENGTH));
            assertThat(client.get(path, null).body()).isEqualTo("none");
            assertThat(client.get(path, other).body()).isEqualTo(other.substring(0, ID_LENGTH));
        }
    }

    private static double more(String sample, Map<String, Double> before, Map<String, Double> after) {
        assertThat(after).containsKey(sample);
        return after.get(sample) - before.getOrDefault(sample, 0.0);
    }

    static Map<String, Double> samples() {
        Matcher matcher = SAMPLE.matcher(given().get("/q/metrics").then().statusCode(200).extract().asString());
        Map<String, Double> samples = new TreeMap<>();
        while (matcher.find()) {
            samples.put(matcher.group(1), Double.valueOf(matcher.group(2)));
        }
        return samples;
    }
}
