package io.quarkiverse.imsession.runtime.login;

import java.util.List;
import java.util.Locale;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;
import org.jboss.logging.Logger;

import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.config.SecurityConfig.QuarkusCookies;
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

    /**
     * Refuses to read or write cookies of the mechanism if each instance of the application has a key of its own for them.
     *
     * @throws ConfigurationException if there is no key
     */
    public static void requireKey(VertxHttpConfig http, ImSessionConfig sessions, String mechanism) {
        QuarkusCookies cookies = sessions.security().quarkusCookies();
        if (cookies != QuarkusCookies.REFUSE && http.encryptionKey().isEmpty()) {
            throw new ConfigurationException("quarkus.imsession.security.quarkus-cookies is "
                    + cookies.name().toLowerCase(Locale.ROOT).replace('_', '-') + ", but cookies of " + mechanism
                    + " can be read only with the key that they were encrypted with: set"
                    + " quarkus.http.auth.session.encryption-key to that of the other instances, or remove the setting");
        }
    }

    /** Warns of settings of log-ins that are set and have no effect. They have one for cookies of the time before sessions. */
    public static void nameIdle(ImSessionConfig sessions, List<String> settings, String mechanism) {
        if (sessions.security().quarkusCookies() != QuarkusCookies.REFUSE) {
            return;
        }
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
