package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresWithoutArtifactTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class).config("quarkus.imsession.store", "postgresql")
            .failsWith("add the dependency io.quarkiverse.imsession:quarkus-imsession-postgresql");

    @Test
    void theBuildFailsAndNamesTheArtifact() {
        fail("The application started");
    }
}
