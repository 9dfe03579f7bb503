package io.quarkiverse.imsession.runtime.oidc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

import io.quarkiverse.imsession.runtime.login.OldCookie;
import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OidcTenantConfig;
import io.vertx.core.json.JsonObject;

/** The times of tokens in cookies of the mechanism, which browsers keep as long as it told them, and nobody else checks. */
final class OldTokens {

    private static final Duration DEFAULT_EXTENSION = Duration.ofMinutes(5);

    private OldTokens() {
    }

    /**
     * How long a browser may still have the cookie: the life of the ID token, which begins once more if a refresh has not
     * renewed that token, and what the settings add to it. Negative if no browser can have it any more.
     *
     * @param claims those of the ID token
     */
    static Duration valid(OidcTenantConfig config, JsonObject claims, Instant now) {
        if (!(claims.getValue("exp") instanceof Number exp) || !(claims.getValue("iat") instanceof Number iat)) {
            return Duration.ofSeconds(-1);
        }
        Duration life = Duration.ofSeconds(exp.longValue() - iat.longValue());
        Instant end = Instant.ofEpochSecond(exp.longValue()).plus(life)
                .plusSeconds(config.token().lifespanGrace().orElse(0))
                .plus(config.authentication().sessionAgeExtension().orElse(DEFAULT_EXTENSION));
        return Duration.between(now, end);
    }

    /**
     * The cookie of a log-in. There are several texts of the same tokens, and of a signature, so it is known by what the
     * provider has signed.
     *
     * @param text the value of the cookie
     * @param id the ID token
     * @param refreshTimeout how long a refresh may take, which may be due before
     */
    static OldCookie cookie(String text, String id, Predicate<String> names, Duration refreshTimeout) {
        String signed = id.substring(0, id.lastIndexOf('.'));
        Duration longest = refreshTimeout.compareTo(OldCookie.LONGEST) < 0 ? OldCookie.LONGEST : refreshTimeout;
        return new OldCookie(text, signed.getBytes(StandardCharsets.UTF_8), names, longest);
    }

    /** The tokens with the time that the access token has left: cookies have its whole life, from when it was issued. */
    static AuthorizationCodeTokens withTimeLeft(AuthorizationCodeTokens tokens, JsonObject claims, Instant now) {
        Long life = tokens.getAccessTokenExpiresIn();
        Long left = life == null || !(claims.getValue("iat") instanceof Number iat) ? life
                : Long.valueOf(Math.max(0, iat.longValue() + life - now.getEpochSecond()));
        return new AuthorizationCodeTokens(tokens.getIdToken(), tokens.getAccessToken(), tokens.getRefreshToken(), left,
                tokens.getAccessTokenScope());
    }
}
