package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("further")
class SwitchedOffMetricsTest extends NoMetricsContract {

    @RegisterExtension
    static final TestApp APP = TestApp.of(NoMetricsContract.class, Routes.class)
            .config("quarkus.imsession.metrics.enabled", "false")
            .config("quarkus.otel.enabled", "false");
}
