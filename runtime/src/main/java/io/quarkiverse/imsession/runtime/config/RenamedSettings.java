package io.quarkiverse.imsession.runtime.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.eclipse.microprofile.config.ConfigValue;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.common.utils.StringUtil;

/**
 * Refuses the former names of settings. Otherwise such a setting would be ignored, and a weaker default would silently apply.
 */
public final class RenamedSettings {

    private static final String PREFIX = "quarkus.imsession.";
    private static final Map<String, String> NEW_NAMES = new TreeMap<>(Map.of(
            "client.address", "client.record-address",
            "client.user-agent", "client.record-user-agent",
            "end-on-replay", "destroy-on-replay",
            "renewal", "renewal.mode",
            "renewal-grace", "renewal.grace",
            "renewal-interval", "renewal.interval",
            "renewal-threshold", "renewal.threshold",
            "touch-interval", "renewal.touch-interval"));

    private RenamedSettings() {
    }

    public static void check(SmallRyeConfig config) {
        String renamed = NEW_NAMES.entrySet().stream()
                .filter(names -> isSet(config, PREFIX + names.getKey(), PREFIX + names.getValue()))
                .map(names -> PREFIX + names.getKey() + " is now named " + PREFIX + names.getValue() + ": rename it.")
                .collect(Collectors.joining("\n"));
        if (!renamed.isEmpty()) {
            throw new ConfigurationException(renamed);
        }
    }

    private static boolean isSet(SmallRyeConfig config, String old, String now) {
        ConfigValue found = config.getConfigValue(old);
        return found.getValue() != null && !(isEnvironment(found) && variable(old).equals(variable(now)));
    }

    /** Some environment variables map to both the old and the new name: QUARKUS_IMSESSION_RENEWAL_GRACE. */
    private static boolean isEnvironment(ConfigValue value) {
        return value.getSourceName() != null && value.getSourceName().startsWith(EnvConfigSource.NAME);
    }

    private static String variable(String key) {
        return StringUtil.replaceNonAlphanumericByUnderscores(key);
    }
}
