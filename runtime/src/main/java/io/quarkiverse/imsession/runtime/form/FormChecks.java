package io.quarkiverse.imsession.runtime.form;

import java.util.List;
import java.util.stream.Stream;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.http.PathChecks;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.AuthRuntimeConfig.InclusiveMode;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;

/**
 * Refuses settings with which nobody could log in, and names those that have lost their meaning, when the application starts.
 */
@Singleton
public class FormChecks {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final String PREFIX = "quarkus.http.auth.form.";
    private static final List<String> OF_THE_COOKIE = List.of("timeout", "new-cookie-interval", "http-only-cookie",
            "cookie-max-age");

    void check(@Observes StartupEvent started, VertxHttpConfig http, ImSessionConfig sessions,
            @ConfigProperty(name = "quarkus.http.root-path", defaultValue = "/") String root) {
        if (http.auth().inclusive() && http.auth().inclusiveMode() == InclusiveMode.STRICT) {
            throw new ConfigurationException("quarkus.http.auth.inclusive-mode is strict, but log-ins by the form are those of"
                    + " the session, so that no request could have identities of both: set it to lax, or remove"
                    + " quarkus.http.auth.inclusive=true");
        }
        String path = (root.endsWith("/") ? root.substring(0, root.length() - 1) : root)
                + FormStandIn.postLocation(http.auth().form());
        if (!PathChecks.hasSessions(sessions, path)) {
            throw new ConfigurationException(PREFIX + "post-location is " + http.auth().form().postLocation()
                    + ", but that path has no sessions, so that nobody could log in: let quarkus.imsession.include-paths and"
                    + " quarkus.imsession.exclude-paths include " + path);
        }
        List<String> idle = withoutEffect(ConfigProvider.getConfig()).toList();
        if (!idle.isEmpty()) {
            LOG.warnf("%s %s no effect, as log-ins by the form are kept in sessions: set quarkus.imsession.timeout and"
                    + " quarkus.imsession.cookie.* instead", String.join(", ", idle), idle.size() == 1 ? "has" : "have");
        }
    }

    private static Stream<String> withoutEffect(Config config) {
        return OF_THE_COOKIE.stream().map(PREFIX::concat).filter(name -> isSet(config.getConfigValue(name)));
    }

    /** Defaults have the least ordinals. */
    private static boolean isSet(ConfigValue value) {
        return value.getValue() != null && value.getSourceOrdinal() > 0;
    }
}
