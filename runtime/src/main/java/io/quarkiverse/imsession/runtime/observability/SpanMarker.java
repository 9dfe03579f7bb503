package io.quarkiverse.imsession.runtime.observability;

import java.util.function.Consumer;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.runtime.session.SessionMarker;

/** Sets the attribute {@code session.id} of the semantic conventions on the span of the request. */
final class SpanMarker implements SessionMarker {

    private static final AttributeKey<String> SESSION_ID = AttributeKey.stringKey("session.id");

    /** Called before the application opens other spans. */
    @Override
    public Consumer<ImSession> begin() {
        Span request = Span.current();
        return session -> session.id().ifPresent(id -> request.setAttribute(SESSION_ID, id.value()));
    }
}
