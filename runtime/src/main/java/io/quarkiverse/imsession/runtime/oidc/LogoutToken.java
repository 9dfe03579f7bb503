package io.quarkiverse.imsession.runtime.oidc;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.vertx.core.json.JsonObject;

/**
 * The claims of a logout token (OpenID Connect Back-Channel Logout 1.0, §2.4) whose signature, issuer, audience and expiry were
 * verified.
 *
 * @param subject the user whose sessions end; null if only {@code session} is named
 * @param session the session at the provider that ends; null if all of the user end
 * @param id tells this token from others of the issuer
 */
record LogoutToken(String issuer, @Nullable String subject, @Nullable String session, String id) {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    /** How old a token may be, or how far in the future by another clock. It bounds how long tokens must be known. */
    static final Duration MOST_AGE = Duration.ofMinutes(5);
    /** How long a token must be known, so that it is not used twice. */
    static final Duration KNOWN = MOST_AGE.multipliedBy(2);

    /** @throws IllegalArgumentException with the reason, if these are not the claims of a logout token that may be used now */
    static LogoutToken of(JsonObject claims, Instant now) {
        if (!(claims.getValue("events") instanceof JsonObject events) || !(events.getValue(EVENT) instanceof JsonObject)) {
            throw new IllegalArgumentException("it has no event of a log-out");
        }
        if (claims.containsKey("nonce")) {
            throw new IllegalArgumentException("it has a nonce, as ID tokens have");
        }
        String issuer = text(claims, "iss");
        String subject = text(claims, "sub");
        String session = text(claims, "sid");
        String id = text(claims, "jti");
        if (issuer == null || id == null) {
            throw new IllegalArgumentException("it has no iss or no jti");
        }
        if (subject == null && session == null) {
            throw new IllegalArgumentException("it has neither sub nor sid");
        }
        if (!(claims.getValue("iat") instanceof Number iat)
                || Duration.between(Instant.ofEpochSecond(iat.longValue()), now).abs().compareTo(MOST_AGE) > 0) {
            throw new IllegalArgumentException("it was not issued within the last " + MOST_AGE.toMinutes() + " minutes");
        }
        return new LogoutToken(issuer, subject, session, id);
    }

    private static @Nullable String text(JsonObject claims, String name) {
        return claims.getValue(name) instanceof String text && !text.isBlank() ? text : null;
    }
}
