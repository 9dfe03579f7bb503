package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkiverse.imsession.SessionId;

class TracingTest {

    private static final AttributeKey<String> SESSION_ID = AttributeKey.stringKey("session.id");

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.imsession.tracing.session-id", "true");

    static TestApp app() {
        return TestApp.of(TracingTest.class, TracedResource.class, SpanExporter.class)
                .config("quarkus.otel.traces.exporter", "cdi")
                .config("quarkus.otel.metrics.exporter", "none")
                .config("quarkus.otel.bsp.schedule.delay", "1ms")
                .config("quarkus.micrometer.enabled", "false");
    }

    @Inject
    SpanExporter exporter;

    @Test
    void theSpanOfARequestHasTheIdOfItsSessionAndNoSpanHasItsToken() {
        String token = makeSession();

        List<SpanData> spans = exporter.during(() -> Client.get("/traced/read", token), 1);

        assertThat(spans.get(0).getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(spans.get(0).getAttributes().get(SESSION_ID)).isEqualTo(id(token));
        assertThat(spans.toString()).doesNotContain(token.substring(SessionId.LENGTH + 1));
    }

    @Test
    void aSessionThatTheRequestMakesIsOnTheSpanOfTheRequestAndNotOnThatOfTheApplication() {
        String[] token = new String[1];
        List<SpanData> spans = exporter.during(() -> token[0] = Client.token(Client.get("/traced/set?name=anna", null)), 2);

        assertThat(spans).filteredOn(span -> span.getKind() == SpanKind.SERVER).singleElement()
                .satisfies(span -> assertThat(span.getAttributes().get(SESSION_ID)).isEqualTo(id(token[0])));
        assertThat(spans).filteredOn(span -> span.getName().equals("own")).singleElement()
                .satisfies(span -> assertThat(span.getAttributes().get(SESSION_ID)).isNull());
        assertThat(spans.toString()).doesNotContain(token[0].substring(SessionId.LENGTH + 1));
    }

    @Test
    void aSessionInThePlaceOfAnotherIsTheOneOnTheSpan() {
        String old = makeSession();
        String[] token = new String[1];
        List<SpanData> spans = exporter.during(() -> token[0] = Client.token(Client.get("/traced/replace", old)), 1);

        assertThat(id(token[0])).isNotEqualTo(id(old));
        assertThat(spans.get(0).getAttributes().get(SESSION_ID)).isEqualTo(id(token[0]));
    }

    @Test
    void aRequestWithoutASessionHasNoId() {
        List<SpanData> spans = exporter.during(() -> Client.get("/traced/read", null), 1);

        assertThat(spans.get(0).getAttributes().get(SESSION_ID)).isNull();
    }

    /** Its spans come before those of the next request. */
    private String makeSession() {
        String[] token = new String[1];
        exporter.during(() -> token[0] = Client.token(Client.get("/traced/set?name=anna", null)), 2);
        return token[0];
    }

    private static String id(String token) {
        return token.substring(0, SessionId.LENGTH);
    }
}
