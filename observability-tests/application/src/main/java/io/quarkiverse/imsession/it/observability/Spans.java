package io.quarkiverse.imsession.it.observability;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/** Keeps what the spans tell that the application has ended. */
@Path("/spans")
@Singleton
public class Spans implements SpanExporter {

    private static final AttributeKey<String> SESSION_ID = AttributeKey.stringKey("session.id");

    private final Queue<String> ended = new ConcurrentLinkedQueue<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        spans.forEach(span -> ended.add(span.getName() + " of " + span.getAttributes().get(SESSION_ID)));
        return CompletableResultCode.ofSuccess();
    }

    @GET
    public String list() {
        return String.join("\n", List.copyOf(ended));
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
