package io.quarkiverse.imsession.runtime.postgresql;

import java.time.Duration;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.store.BuiltInStoreContract;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.IndexedSessionStore;

class PostgresIndexTest extends BuiltInStoreContract {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();
    private static PostgresSessionStore store;

    @BeforeAll
    static void open() {
        store = POSTGRES.store(SessionLimits.NONE, "user_id", "tenant");
    }

    @Override
    protected IndexedSessionStore store() {
        return store;
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        return POSTGRES.timeToLive(id);
    }
}
