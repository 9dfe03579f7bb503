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
     * The most sessions that a value of this field may have, as in "three log-ins of a user". It holds at any time,
     * however many log in at the same moment and whatever crashes. Lowering it leaves the sessions there are, until others
     * want to be made.
     */
    @ConfigDocDefault("unlimited")
    OptionalInt maxSessions();

    /**
     * What happens to a session beyond `max-sessions`: `reject` stores nothing and answers 409, `destroy-oldest` makes room by
     * ending the sessions that were created first.
     */
    @WithDefault("reject")
    OnLimit onLimit();

    /** What to do with a session beyond the limit. */
    enum OnLimit {
        /** Refuse it. */
        REJECT,
        /** End the oldest one of the others. */
        DESTROY_OLDEST
    }
}
