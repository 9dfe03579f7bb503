package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.configuration.ConfigurationException;

/** Says of a setting that cannot work what is wrong with it, and how to mend it. */
public final class Requirements {

    static final String PREFIX = "quarkus.imsession.";

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private Requirements() {
    }

    /**
     * @param key the name of the setting without {@code quarkus.imsession.}
     * @throws ConfigurationException if the setting is not right
     */
    public static void require(boolean ok, String key, String problem, String mend) {
        if (!ok) {
            throw new ConfigurationException(PREFIX + key + " " + problem + ": " + mend + ".");
        }
    }

    static void requireSecond(String key, Duration value, String mend) {
        require(value.compareTo(SHORTEST) >= 0, key, "is shorter than a second", mend);
    }

    /** @param longest {@code max} in words, and the reason for it */
    static void requireBetweenSecondAnd(Duration max, String key, Duration value, String longest) {
        requireSecond(key, value, "set a duration such as 24H");
        require(value.compareTo(max) <= 0, key, "is longer than " + longest, "set a shorter duration");
    }
}
