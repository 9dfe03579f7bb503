package io.quarkiverse.imsession.runtime.redis.client;

import org.jspecify.annotations.Nullable;

import io.vertx.core.impl.ContextInternal;

/**
 * Looks at the oldest command of a link from time to time, as long as there is one. Confined to the event loop of the link.
 * <p>
 * A command that has no reply in time may have to wait for the server, or for this event loop, which was busy for so long
 * and has not read the reply that is there. So it gets a second look: before that, the event loop reads its connections.
 */
public final class RedisWatch {

    private static final long SECOND_LOOK_MILLIS = 1;

    private final ContextInternal context;
    private final long intervalMillis;
    private final Runnable look;
    private boolean watching;
    private @Nullable RedisCall suspect;

    /** @param context where it looks */
    public RedisWatch(ContextInternal context, long timeoutMillis, Runnable look) {
        this.context = context;
        this.intervalMillis = Math.max(10, Math.min(250, timeoutMillis / 8));
        this.look = look;
    }

    /** There will be a look. */
    public void begin() {
        begin(intervalMillis);
    }

    /** Whether a command is late at a second look. If it is at the first one, the second one is soon. */
    boolean isLate(@Nullable RedisCall oldest) {
        boolean late = oldest != null && oldest.isLate();
        boolean second = late && oldest == suspect;
        suspect = late && !second ? oldest : null;
        if (suspect != null) {
            begin(SECOND_LOOK_MILLIS);
        }
        return second;
    }

    private void begin(long millis) {
        if (!watching) {
            watching = true;
            context.setTimer(millis, ignored -> {
                watching = false;
                look.run();
            });
        }
    }
}
