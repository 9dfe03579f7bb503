package io.quarkiverse.imsession.runtime.postgresql;

import java.util.function.LongConsumer;

/**
 * What is counted of a store. Called on any thread; must not block.
 *
 * @param cleaned gets the number of expired sessions that were removed
 * @param retried called each time statements are sent again
 */
record StoreCounters(LongConsumer cleaned, Runnable retried) {

    static final StoreCounters NONE = new StoreCounters(count -> {
    }, () -> {
    });
}
