package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus reads: samples by names with tags, which differ from those before by what happened between. */
final class Meters {

    static final String SIZES = "imsession_session_size_bytes_count";
    static final String SIZE = "imsession_session_size_bytes_sum";
    static final String ACTIVE = "imsession_sessions_active";
    static final String DROPPED = "imsession_events_dropped_total";

    private static final Pattern SAMPLE = Pattern.compile("^(imsession_\\w+(?:\\{[^}]*})?) (\\S+)$", Pattern.MULTILINE);
    private static final Pattern SECRET = Pattern.compile("[\\w-]{22}");

    private Meters() {
    }

    /** All samples of ours. None may name a session. */
    static Map<String, Double> read() {
        String text = given().get("/q/metrics").then().statusCode(200).extract().asString();
        Map<String, Double> samples = new TreeMap<>();
        Matcher matcher = SAMPLE.matcher(text);
        while (matcher.find()) {
            assertThat(SECRET.matcher(matcher.group(1).replaceAll("imsession_\\w+", "")).find()).as(matcher.group(1)).isFalse();
            samples.put(matcher.group(1), Double.valueOf(matcher.group(2)));
        }
        return samples;
    }

    /** The samples that {@code work} makes greater, and by how much. Times are left out, but not how often they were taken. */
    static Map<String, Double> during(Runnable work) {
        Map<String, Double> before = read();
        work.run();
        Map<String, Double> grown = new TreeMap<>();
        read().forEach((sample, value) -> {
            double more = value - before.getOrDefault(sample, 0.0);
            if (more != 0 && !sample.startsWith("imsession_store_operation_seconds_sum") && !sample.contains("_max{")
                    && !sample.endsWith("_max")) {
                grown.put(sample, more);
            }
        });
        return grown;
    }

    static String loads(String result) {
        return "imsession_loads_total{result=\"" + result + "\"}";
    }

    static String commits(String action, String outcome) {
        return "imsession_commits_total{action=\"" + action + "\",outcome=\"" + outcome + "\"}";
    }

    static String rejected(String reason) {
        return "imsession_tokens_rejected_total{reason=\"" + reason + "\"}";
    }

    static String refused(String reason) {
        return "imsession_requests_refused_total{reason=\"" + reason + "\"}";
    }

    static String renewals(String cause) {
        return "imsession_renewals_total{cause=\"" + cause + "\"}";
    }

    static String ended(String cause) {
        return "imsession_sessions_destroyed_total{cause=\"" + cause + "\"}";
    }

    static String store(String operation, String outcome) {
        return "imsession_store_operation_seconds_count{operation=\"" + operation + "\",outcome=\"" + outcome + "\"}";
    }
}
