package io.quarkiverse.imsession.runtime.login;

import java.util.List;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;
import org.jboss.logging.Logger;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.AuthRuntimeConfig.InclusiveMode;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;

/** What the settings of mechanisms whose log-ins sessions keep have in common. */
public final class MechanismChecks {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");

    private MechanismChecks() {
    }

    /**
     * Refuses that each request has the identities of all mechanisms.
     *
     * @throws ConfigurationException if that is asked for
     */
    public static void refuseStrict(VertxHttpConfig http, String mechanism) {
        if (http.auth().inclusive() && http.auth().inclusiveMode() == InclusiveMode.STRICT) {
            throw new ConfigurationException("quarkus.http.auth.inclusive-mode is strict, but log-ins by " + mechanism
                    + " are those of the session, so that no request could have identities of both: set it to lax, or remove"
                    + " quarkus.http.auth.inclusive=true");
        }
    }

    /** Warns of settings of log-ins that are set and have no effect. */
    public static void nameIdle(List<String> settings, String mechanism) {
        Config config = ConfigProvider.getConfig();
        List<String> idle = settings.stream().filter(name -> isSet(config.getConfigValue(name))).toList();
        if (!idle.isEmpty()) {
            LOG.warnf("%s %s no effect, as log-ins by %s are kept in sessions: set quarkus.imsession.timeout and"
                    + " quarkus.imsession.cookie.* instead", String.join(", ", idle), idle.size() == 1 ? "has" : "have",
                    mechanism);
        }
    }

    /** Defaults have the least ordinals. */
    private static boolean isSet(ConfigValue value) {
        return value.getValue() != null && value.getSourceOrdinal() > 0;
    }
}
