package io.quarkiverse.imsession.docs;

import java.time.Duration;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.testing.SessionStoreContract;

class ComparingTableStoreTest extends SessionStoreContract {

    static final ComparingTableStore STORE = new ComparingTableStore();

    static {
        STORE.table = new Table();
    }

    @Override
    protected SessionStore store() {
        return STORE;
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        StoredSession stored = await(STORE.load(id));
        return Duration.between(stored.now(), stored.expiresAt()).plus(SessionStore.EXPIRY_SLACK);
    }
}
