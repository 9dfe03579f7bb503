package io.quarkiverse.imsession.runtime.config;

import java.util.OptionalInt;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** A field by which sessions are found. */
@ConfigGroup
public interface ReferenceConfig {

    /**
     * Whether sessions are found by this field.
     */
    @WithDefault("true")
    boolean indexed();

    /**
     * The greatest number of sessions that one value of this field may have, for example three log-ins of a user. The limit is
     * strict, even if many users log in at the same moment or a process crashes. A lower limit does not end existing sessions
     * until another one is to be stored.
     */
    @ConfigDocDefault("unlimited")
    OptionalInt maxSessions();

    /**
     * The handling of a session beyond `max-sessions`. `reject`: nothing is stored, and the request is answered with 409.
     * `destroy-oldest`: the sessions that were created first are ended to make room.
     */
    @WithDefault("reject")
    OnLimit onLimit();

    /** The handling of a session beyond the limit. */
    enum OnLimit {
        /** Refuse the session. */
        REJECT,
        /** End the oldest of the other sessions. */
        DESTROY_OLDEST
    }
}
