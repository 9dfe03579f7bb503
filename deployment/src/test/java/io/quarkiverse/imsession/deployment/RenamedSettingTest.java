package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RenamedSettingTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class)
            .config("quarkus.imsession.end-on-replay", "true")
            .config("quarkus.imsession.renewal-interval", "1H")
            .failsWith("quarkus.imsession.end-on-replay is now named quarkus.imsession.destroy-on-replay: rename it.",
                    "quarkus.imsession.renewal-interval is now named quarkus.imsession.renewal.interval: rename it.");

    @Test
    void theStartFailsAndNamesTheNewOnes() {
        fail("The application started");
    }
}
