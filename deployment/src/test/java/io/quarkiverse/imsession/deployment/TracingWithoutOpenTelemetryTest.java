package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TracingWithoutOpenTelemetryTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of().config("quarkus.imsession.tracing.session-id", "true")
            .failsWith("quarkus.imsession.tracing.session-id", "io.quarkus:quarkus-opentelemetry");

    @Test
    void startFailsAndTellsWhatToAdd() {
        fail("The application has started");
    }
}
