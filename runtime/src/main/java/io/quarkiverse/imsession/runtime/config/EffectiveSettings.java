package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;

/** The settings that decide how safe sessions are, as a line for the log (OWASP ASVS 5, V7.1.1). It has no keys. */
public final class EffectiveSettings {

    private EffectiveSettings() {
    }

    /**
     * @param store where sessions are kept
     * @param resolvers how clients carry the token
     * @param secure whether the cookie is sent over HTTPS only
     */
    public static String describe(ImSessionConfig config, String store, String resolvers, boolean secure) {
        return "Sessions: store " + store
                + ", timeout " + config.timeout()
                + ", absolute timeout " + orNone(config.absoluteTimeout())
                + ", renewal " + lower(config.renewal().mode())
                + config.renewal().interval().filter(interval -> config.renewal().mode() == Renewal.ROTATE)
                        .map(interval -> " every " + interval).orElse("")
                + ", touch interval " + orNone(config.renewal().touchInterval())
                + ", resolvers " + resolvers
                + ", cookie " + cookie(config.cookie(), secure)
                + ", tokens " + (config.signing().keys().filter(keys -> !keys.isEmpty()).isPresent() ? "signed" : "not signed")
                + ", csrf " + csrf(config.csrf());
    }

    private static String cookie(CookieConfig cookie, boolean secure) {
        return cookie.nameInForce() + "; Path=" + cookie.path()
                + cookie.domain().map(domain -> "; Domain=" + domain).orElse("")
                + (secure ? "; Secure" : "")
                + (cookie.httpOnly() ? "; HttpOnly" : "")
                + "; SameSite=" + cookie.sameSite().attribute
                + (cookie.partitioned() ? "; Partitioned" : "")
                + (cookie.persistent() ? "; Max-Age" : "");
    }

    private static String csrf(CsrfConfig csrf) {
        return csrf.enabled() ? lower(csrf.mode()) + list("; exempt", csrf.exemptPaths())
                + list("; trusted", csrf.trustedOrigins()) : "off";
    }

    private static String list(String name, Optional<List<String>> values) {
        return values.map(each -> name + " " + String.join(" ", each)).orElse("");
    }

    private static String orNone(Optional<Duration> duration) {
        return duration.map(Duration::toString).orElse("none");
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
