package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkus.arc.Arc;

/** An application with neither metrics nor traces: no class of them is there that could be loaded. */
class NoObservabilityTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class);

    @Test
    void sessionsWorkWithoutThem() {
        Client.get("/read", Client.login("name", "anna")).then().statusCode(200).body(equalTo("{name=anna}"));

        assertThat(Arc.container().instance(SessionMetrics.class).isAvailable()).isFalse();
        for (String type : new String[] { "io.micrometer.core.instrument.Metrics", "io.opentelemetry.api.trace.Span" }) {
            assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(type));
        }
    }
}
