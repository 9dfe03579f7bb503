package io.quarkiverse.imsession.runtime.config;

import static io.quarkiverse.imsession.runtime.config.Requirements.require;
import static io.quarkiverse.imsession.runtime.config.Requirements.requireSecond;

import java.time.Duration;

/** Refuses settings by which no session could be bound to a device, or which would be of little use. */
public final class DeviceBoundChecks {

    /** The longest time for which a bound session can be used without its device. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private DeviceBoundChecks() {
    }

    static void check(DeviceBoundConfig devices, CookieConfig cookie) {
        if (!devices.enabled()) {
            require(devices.requiredFor().isEmpty(), "device-bound.required-for",
                    "is set, but no session is bound to a device, so that nobody could use these paths",
                    "set quarkus.imsession.device-bound.enabled=true, or leave it out");
            return;
        }
        Duration lifetime = devices.cookieLifetime();
        requireSecond("device-bound.cookie-lifetime", lifetime, "set a duration such as 10M");
        require(lifetime.compareTo(LONGEST) <= 0, "device-bound.cookie-lifetime",
                "is longer than a day, so that a stolen cookie could be used for that long", "set a duration such as 10M");
        require(!devices.grace().isNegative(), "device-bound.grace", "is negative", "set a duration such as 10S");
        require(devices.grace().compareTo(LONGEST) <= 0, "device-bound.grace",
                "is longer than a day, so that a stolen cookie could be used for that long", "set a duration such as 10S");
        require(!cookie.partitioned(), "device-bound.enabled",
                "is true, but quarkus.imsession.cookie.partitioned too, and browsers bind no partitioned cookie",
                "remove one of the settings");
        require(cookie.domain().isEmpty(), "device-bound.enabled",
                "is true, but quarkus.imsession.cookie.domain lets several hosts share sessions, and browsers bind a session for"
                        + " one host only: the others could not use it",
                "remove one of the settings");
    }

    /**
     * Refuses to bind sessions of clients that have no cookies.
     *
     * @param cookies whether clients can carry the token in a cookie
     */
    public static void checkCookies(ImSessionConfig config, boolean cookies) {
        require(cookies || !config.deviceBound().enabled(), "device-bound.enabled",
                "is true, but quarkus.imsession.resolvers has no cookie, and only browsers with cookies bind sessions",
                "build with the resolver cookie, too, or remove the setting");
    }
}
