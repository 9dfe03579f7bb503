package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.smallrye.config.WithDefault;

/** Users who act for others, such as support staff. */
public interface ActingConfig {

    /**
     * The roles whose users may act for others by {@code ImSession.actAs}, with `security.enabled`. One of them suffices.
     * Without this setting nobody may, and sessions in which somebody acts are over. Whoever has such a role can do whatever
     * those can for whom the application lets them act, so give it to few.
     */
    @ConfigDocDefault("nobody may act for others")
    Optional<List<String>> roles();

    /**
     * The roles of users for whom nobody may act, such as those of administrators: acting for them would give more rights than
     * one has.
     */
    @ConfigDocDefault("none")
    Optional<List<String>> forbiddenRoles();

    /**
     * How long somebody may act for a user before the session ends, however much it is used. At least a second, and at most 24
     * hours.
     */
    @WithDefault("1H")
    Duration timeout();
}
