package io.quarkiverse.imsession.runtime.config;

import java.util.Optional;

import io.smallrye.config.WithDefault;

/** Log-ins by passkeys, which are kept in the session. */
public interface PasskeysConfig {

    /**
     * The parameter by which the page of the log-in is told where a user comes from: path and query, never another host. Its
     * script can lead the user back there. If it is empty, the page is not told.
     */
    @WithDefault("from")
    Optional<String> returnParameter();
}
