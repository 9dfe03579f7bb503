package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** Notices of log-ins from new clients. */
@ConfigGroup
public interface NoticesConfig {

    /** How long the link of a notice ends its session. It also ends with the session. */
    @WithDefault("7D")
    Duration linkLifetime();
}
