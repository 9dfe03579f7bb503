package io.quarkiverse.imsession.docs;

import java.time.Duration;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.testing.SessionStoreContract;

// tag::class[]
class MapSessionStoreTest extends SessionStoreContract {

    static final MapSessionStore STORE = new MapSessionStore();

    @Override
    protected SessionStore store() {
        return STORE;
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        StoredSession stored = await(STORE.load(id));
        return Duration.between(stored.now(), stored.expires()).plus(SessionStore.EXPIRY_SLACK);
    }
}
// end::class[]
