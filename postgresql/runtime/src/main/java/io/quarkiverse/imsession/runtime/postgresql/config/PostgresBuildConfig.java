package io.quarkiverse.imsession.runtime.postgresql.config;

import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;

/** The settings of the store in PostgreSQL that are fixed when the application is built. */
@ConfigMapping(prefix = "quarkus.imsession.postgresql")
@ConfigRoot(phase = ConfigPhase.BUILD_AND_RUN_TIME_FIXED)
public interface PostgresBuildConfig {

    /**
     * The name of the datasource. A datasource of its own keeps slow statements of the application from occupying all
     * connections.
     */
    @ConfigDocDefault("the default datasource")
    Optional<String> datasource();
}
