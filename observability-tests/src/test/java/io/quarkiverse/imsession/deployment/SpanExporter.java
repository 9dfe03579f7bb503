package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;

/** Keeps the spans that the application has ended. */
@Singleton
public class SpanExporter {

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();

    @Produces
    @Singleton
    InMemorySpanExporter exporter() {
        return spans;
    }

    /** The spans of one request, that of the server last. The request before has to be waited for too. */
    List<SpanData> during(Runnable request, int count) {
        spans.reset();
        request.run();
        await().untilAsserted(() -> assertThat(spans.getFinishedSpanItems()).hasSize(count));
        return spans.getFinishedSpanItems();
    }
}
