package io.quarkiverse.imsession.runtime.session;

import java.util.concurrent.atomic.AtomicInteger;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.runtime.journal.Party;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionToken;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/**
 * Ends sessions whose token never reached the client: the connection was closed, or the store reported a failure but may have
 * stored the session. Such a session cannot be used, but would count against the limits of its user until it expires.
 * <p>
 * A session is ended only if the lost token is its newest one, so a session that was not changed is kept.
 */
final class AbandonedSessions {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");

    /** The seconds before each attempt. There are several, as a store may run an interrupted command a little later. */
    private static final int[] PAUSES = { 0, 5, 30, 60, 120, 300 };
    /**
     * After this attempt a session that does not exist was never stored, and a session with another token never got the lost
     * one.
     */
    private static final int LATEST_TO_BE_STORED = 2;
    private static final int MOST_PENDING = 1000;

    private final GuardedStore store;
    private final SessionEvents events;
    private final LastData lastData;
    private final Vertx vertx;
    private final AtomicInteger pending = new AtomicInteger();

    AbandonedSessions(GuardedStore store, SessionEvents events, Vertx vertx) {
        this.store = store;
        this.events = events;
        this.lastData = new LastData(store, events.journal());
        this.vertx = vertx;
    }

    /**
     * Ends the session of a token that did not reach its client: now, or as soon as the store can be reached within some
     * minutes.
     */
    void end(SessionToken token) {
        if (pending.incrementAndGet() > MOST_PENDING) {
            pending.decrementAndGet();
            LOG.debugf("Session %s is not ended although it cannot be used: too many others wait for their end", token.id());
        } else {
            attempt(token, 0);
        }
    }

    private void attempt(SessionToken token, int number) {
        lastData.of(token.id())
                .thenCompose(data -> store.destroy(token.id(), Presented.ifNewest(token.hash())).whenComplete(
                        (result, failure) -> attempted(token, number, failure == null ? result : null, data)));
    }

    /**
     * @param result null if the store failed
     * @param data see {@link LastData#of}
     */
    private void attempted(SessionToken token, int number, @Nullable DestroyResult result, @Nullable SessionData data) {
        if (result == DestroyResult.DESTROYED) {
            events.fire(new Destroyed(token.id(), Destroyed.Cause.ABANDONED));
            events.journal().ended(token.id(), data, Party.of(Cause.ABANDONED));
        }
        boolean maybeLater = result == null || result != DestroyResult.DESTROYED && number < LATEST_TO_BE_STORED;
        if (maybeLater && number + 1 < PAUSES.length) {
            // The timer keeps its context for minutes. The context of a request would keep all objects of the request in
            // memory.
            ContextInternal root = (ContextInternal) VertxContext.getRootContext(vertx.getOrCreateContext());
            root.setTimer(1000L * PAUSES[number + 1], timer -> attempt(token, number + 1));
        } else {
            pending.decrementAndGet();
        }
    }
}
