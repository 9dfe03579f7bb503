package io.quarkiverse.imsession.runtime.postgresql;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The statements of a store that tells what it changes are longer; one of them is prepared each time. */
@Tag("full")
class PostgresTellingLimitsTest extends PostgresLimitsTest {

    @BeforeAll
    static void openTelling() {
        store = POSTGRES.tellingStore(PostgresFixture.COMMAND_TIMEOUT, limits(), "user_id", "tenant", REFUSING, ENDING);
    }
}
