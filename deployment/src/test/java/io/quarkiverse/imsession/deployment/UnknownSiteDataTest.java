package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnknownSiteDataTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class)
            .config("quarkus.imsession.clear-site-data", "cache,history")
            .failsWith("quarkus.imsession.clear-site-data", "history", "cache", "cookies", "storage");

    @Test
    void theStartFailsAndNamesTheOnesThereAre() {
        fail("The application started");
    }
}
