package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresMissingTableTest {

    @RegisterExtension
    static final TestApp APP = PostgresApp.of(Routes.class).config("quarkus.imsession.postgresql.schema", "validate")
            .failsWith("Sessions cannot be kept in PostgreSQL. The tables are missing: CREATE TABLE");

    @Test
    void theStartFailsWithTheStatementThatIsMissing() {
        fail("The application started");
    }
}
