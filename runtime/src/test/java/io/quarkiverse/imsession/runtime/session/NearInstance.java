package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.util.function.Consumer;

import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.runtime.redis.RedisSessionStore;

/** An instance of an application that keeps sessions of a Redis near. */
public final class NearInstance extends NearApplication<RedisSessionStore> {

    public NearInstance(RedisSessionStore store, Consumer<SessionEvent> events) {
        super(store, events);
    }

    public NearInstance(RedisSessionStore store, Consumer<SessionEvent> events, Duration maxSilence) {
        super(store, events, maxSilence);
    }
}
