package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.Metrics;
import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkus.arc.Arc;

/** An application that has Micrometer, but no metrics of sessions. */
abstract class NoMetricsContract {

    @Test
    void nothingIsRegisteredAndSessionsWorkAllTheSame() {
        String token = Client.login("name", "anna");
        Client.get("/read", token).then().statusCode(200).body(equalTo("{name=anna}"));

        assertThat(Arc.container().instance(SessionMetrics.class).isAvailable()).isFalse();
        assertThat(Metrics.globalRegistry.getMeters()).noneMatch(meter -> meter.getId().getName().startsWith("imsession"));
    }
}
