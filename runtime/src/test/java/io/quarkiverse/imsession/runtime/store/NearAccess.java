package io.quarkiverse.imsession.runtime.store;

import java.time.Duration;
import java.time.Instant;

import io.quarkiverse.imsession.spi.SessionChanges;

/** Makes near caches for tests in other packages. */
public final class NearAccess {

    private NearAccess() {
    }

    /** A cache in which time stands still. */
    public static NearCache cache(Instant now) {
        SessionChanges store = new SessionChanges() {
            @Override
            public void listen(Listener listener, Duration maxSilence) {
            }

            @Override
            public Instant now() {
                return now;
            }
        };
        return new NearCache(100, 1_000_000, Duration.ofSeconds(1), store, expired -> {
        }, () -> 0);
    }
}
