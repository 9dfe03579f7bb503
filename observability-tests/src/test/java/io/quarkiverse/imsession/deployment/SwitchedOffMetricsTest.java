package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.extension.RegisterExtension;

class SwitchedOffMetricsTest extends NoMetricsContract {

    @RegisterExtension
    static final TestApp APP = TestApp.of(NoMetricsContract.class, Routes.class)
            .config("quarkus.imsession.metrics.enabled", "false")
            .config("quarkus.otel.enabled", "false");
}
