package io.quarkiverse.imsession.it.observability;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;

/** What metrics, spans and log lines tell of sessions. */
@QuarkusTest
class TelemetryTest {

    private static final String COOKIE = "connsid";

    @Test
    void metricsCountWhatRequestsDoToSessions() {
        String created = "imsession_commits_total{action=\"create\",outcome=\"stored\"}";
        String updated = "imsession_commits_total{action=\"update\",outcome=\"stored\"}";
        String session = newSession();
        double createdBefore = metric(created);
        double updatedBefore = metric(updated);
        with(newSession()).get("/views/count").then().body(equalTo("2"));
        with(session).get("/views/count").then().body(equalTo("2"));

        assertThat(metric(created)).isEqualTo(createdBefore + 1);
        assertThat(metric(updated)).isEqualTo(updatedBefore + 2);
    }

    @Test
    void spanOfARequestHasTheIdOfItsSessionAndNoSpanHasItsToken() {
        String session = newSession();
        with(session).get("/views/worker").then().statusCode(200);

        await().until(() -> given().get("/spans").asString(), spans -> spans.contains("GET /views/count of " + id(session))
                && spans.contains("GET /views/worker of " + id(session)));
        assertThat(given().get("/spans").asString()).doesNotContain(session);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/views/event-loop", "/views/worker" })
    void logLinesHaveTheIdOfTheSessionOfTheirRequest(String path) {
        String session = newSession();
        with(session).get(path).then().body(equalTo(id(session)));
        given().get(path).then().body(equalTo("none"));
    }

    private static String newSession() {
        return given().get("/views/count").then().statusCode(200).extract().cookie(COOKIE);
    }

    private static String id(String session) {
        return session.substring(0, session.indexOf('.'));
    }

    /** Zero if it is not there yet. The trace that may follow a value does not count. */
    private static double metric(String sample) {
        return given().get("/q/metrics").asString().lines().filter(line -> line.startsWith(sample + ' '))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1).split(" ")[0])).sum();
    }

    private static RequestSpecification with(String session) {
        return given().cookie(COOKIE, session);
    }
}
