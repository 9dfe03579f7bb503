package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.smallrye.config.WithDefault;

/** Log-ins by the form of Quarkus, which are kept in the session. */
public interface FormConfig {

    /**
     * The name of a field of the log-in form, such as a checkbox, by which users ask to stay logged in. A log-in with this
     * field, whatever its value, gives the session the timeout `form.remembered`.
     */
    @ConfigDocDefault("none")
    Optional<String> rememberParameter();

    /**
     * How long the session of a user who has asked to stay logged in lives after its last use. A stolen token can be used for
     * longer, too. A number without a unit is seconds.
     */
    @WithDefault("30D")
    Duration remembered();
}
