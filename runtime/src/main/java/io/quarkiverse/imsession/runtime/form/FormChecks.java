package io.quarkiverse.imsession.runtime.form;

import java.util.List;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.http.PathChecks;
import io.quarkiverse.imsession.runtime.login.MechanismChecks;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;

/**
 * Refuses settings with which nobody could log in, and names those that have lost their meaning, when the application starts.
 */
@Singleton
public class FormChecks {

    private static final String PREFIX = "quarkus.http.auth.form.";
    /** Other settings of the cookie also shape that of the saved page. */
    private static final List<String> OF_THE_COOKIE = List.of(PREFIX + "timeout", PREFIX + "new-cookie-interval",
            PREFIX + "http-only-cookie", PREFIX + "cookie-max-age");

    void check(@Observes StartupEvent started, VertxHttpConfig http, ImSessionConfig sessions,
            @ConfigProperty(name = "quarkus.http.root-path", defaultValue = "/") String root) {
        MechanismChecks.refuseStrict(http, "the form");
        MechanismChecks.requireKey(http, sessions, "the form");
        String path = (root.endsWith("/") ? root.substring(0, root.length() - 1) : root)
                + FormBridge.postLocation(http.auth().form());
        if (!PathChecks.hasSessions(sessions, path)) {
            throw new ConfigurationException(PREFIX + "post-location is " + http.auth().form().postLocation()
                    + ", but that path has no sessions, so that nobody could log in: let quarkus.imsession.include-paths and"
                    + " quarkus.imsession.exclude-paths include " + path);
        }
        MechanismChecks.nameIdle(sessions, OF_THE_COOKIE, "the form");
    }
}
