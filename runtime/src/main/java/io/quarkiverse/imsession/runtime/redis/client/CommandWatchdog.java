package io.quarkiverse.imsession.runtime.redis.client;

import org.jspecify.annotations.Nullable;

import io.vertx.core.impl.ContextInternal;

/**
 * Finds commands that have waited too long: it checks the oldest command of a link periodically, as long as there is one.
 * Confined to the event loop of the link.
 * <p>
 * A command that has no reply in time may wait for the server, or for this event loop, which was busy and has not yet read a
 * reply that has arrived. So the watchdog checks twice: in between, the event loop reads its connections.
 */
final class CommandWatchdog {

    /** An event loop that was busy has also sent late, so a Redis that does not hang gets the time for an answer. */
    private static final long SECOND_LOOK_MILLIS = 50;

    private final ContextInternal context;
    private final long intervalMillis;
    private final Runnable look;
    private boolean watching;
    private @Nullable RedisCall suspect;

    /** @param context the context of the link, in which it checks */
    CommandWatchdog(ContextInternal context, long timeoutMillis, Runnable look) {
        this.context = context;
        this.intervalMillis = Math.max(10, Math.min(250, timeoutMillis / 8));
        this.look = look;
    }

    /** Schedules a check of the oldest command, unless one is scheduled already. */
    void start() {
        start(intervalMillis);
    }

    /** Whether a command is late at the second check. If it is late at the first check, the second one follows soon. */
    boolean isLate(@Nullable RedisCall oldest) {
        boolean late = oldest != null && oldest.isLate();
        boolean second = late && oldest == suspect;
        suspect = late && !second ? oldest : null;
        if (suspect != null) {
            start(SECOND_LOOK_MILLIS);
        }
        return second;
    }

    private void start(long millis) {
        if (!watching) {
            watching = true;
            context.setTimer(millis, ignored -> {
                watching = false;
                look.run();
            });
        }
    }
}
