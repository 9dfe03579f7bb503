package io.quarkiverse.imsession.docs;

import java.time.Duration;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.test.SessionStoreContract;

class MapStoreTest extends SessionStoreContract {

    private final MapStore store = new MapStore();

    @Override
    protected SessionStore store() {
        return store;
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        StoredSession stored = store.load(id).toCompletableFuture().join();
        return Duration.between(stored.now(), stored.expires()).plus(SessionStore.EXPIRY_SLACK);
    }
}
