package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.extension.RegisterExtension;

class DisabledMicrometerTest extends NoMetricsContract {

    @RegisterExtension
    static final TestApp APP = TestApp.of(NoMetricsContract.class, Routes.class)
            .config("quarkus.micrometer.enabled", "false")
            .config("quarkus.otel.enabled", "false");
}
