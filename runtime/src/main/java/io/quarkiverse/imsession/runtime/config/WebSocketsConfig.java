package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** WebSockets. */
@ConfigGroup
public interface WebSocketsConfig {

    /**
     * Whether the WebSockets of a session are closed, with the code 1008, when the session ends: at once if it ends in this
     * instance of the application, else after `check-interval`. Without it, whoever has logged out stays connected.
     */
    @WithDefault("true")
    boolean closeOnEnd();

    /**
     * How often the store is asked whether a session that has WebSockets here is still there: it may have ended in another
     * instance, or by its age. Costs one command per session in this interval, and one for each socket that is opened.
     * {@code 0S} never asks again.
     */
    @WithDefault("1M")
    Duration checkInterval();
}
