package io.quarkiverse.imsession.runtime.postgresql;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.admin.SessionAdministrationContract;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.SessionStore;

@Tag("further")
class PostgresSessionAdministrationTest extends SessionAdministrationContract {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();
    private static PostgresSessionStore store;

    @BeforeAll
    static void open() {
        store = POSTGRES.store(SessionLimits.NONE, "user_id", "ip");
    }

    @Override
    protected SessionStore store() {
        return store;
    }
}
