package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** WebSockets. */
@ConfigGroup
public interface WebSocketsConfig {

    /**
     * Whether the WebSockets of a session are closed, with the code 1008, when the session ends: at once if it ends in this
     * instance of the application, otherwise within `check-interval`. If this is off, a user that has logged out stays
     * connected.
     */
    @WithDefault("true")
    boolean closeOnEnd();

    /**
     * How often the application checks in the store that a session with open WebSockets still exists, as it may have ended in
     * another instance or expired. This costs one command per session in each interval, and one for each socket that is opened.
     * {@code 0S} switches the check off.
     */
    @WithDefault("1M")
    Duration checkInterval();
}
