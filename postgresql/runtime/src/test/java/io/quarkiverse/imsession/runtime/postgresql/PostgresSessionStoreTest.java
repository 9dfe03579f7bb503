package io.quarkiverse.imsession.runtime.postgresql;

import java.time.Duration;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.testing.SessionStoreContract;

class PostgresSessionStoreTest extends SessionStoreContract {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();
    private static PostgresSessionStore store;

    @BeforeAll
    static void open() {
        store = POSTGRES.store(SessionLimits.NONE);
    }

    @Override
    protected SessionStore store() {
        return store;
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        return POSTGRES.timeToLive(id);
    }
}
