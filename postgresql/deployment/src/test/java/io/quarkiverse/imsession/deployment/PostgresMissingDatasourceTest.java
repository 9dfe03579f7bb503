package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresMissingDatasourceTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class).config("quarkus.imsession.postgresql.datasource", "sessions")
            .failsWith(
                    "the application has no such reactive datasource: set quarkus.datasource.\"sessions\".db-kind=postgresql");

    @Test
    void theBuildFailsAndSaysWhatToSet() {
        fail("The application started");
    }
}
