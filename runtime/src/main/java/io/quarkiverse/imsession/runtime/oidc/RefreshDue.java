package io.quarkiverse.imsession.runtime.oidc;

import org.jspecify.annotations.Nullable;

import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig.Roles.Source;

/**
 * Decides when tokens are refreshed: when the mechanism would do it, but a little earlier, so that it never finds a token that
 * has expired meanwhile.
 *
 * @param allowed whether tokens are refreshed at all
 * @param graceSeconds how long a token is accepted after it has expired
 * @param skewSeconds how long before its end a token is refreshed; null if only then
 * @param needsAccess whether the access token must be valid
 */
record RefreshDue(boolean allowed, long graceSeconds, @Nullable Long skewSeconds, boolean needsAccess) {

    /** How much earlier than the mechanism. */
    private static final long MARGIN_SECONDS = 5;
    /** How long it may take until the mechanism looks at the tokens of a request. */
    private static final long SOON_SECONDS = 1;

    static RefreshDue of(OidcTenantConfig config) {
        return new RefreshDue(config.token().refreshExpired(), config.token().lifespanGrace().orElse(0),
                config.token().refreshTokenTimeSkew().map(skew -> skew.toSeconds()).orElse(null),
                config.authentication().verifyAccessToken()
                        || config.roles().source().orElse(null) == Source.accesstoken);
    }

    /** @param now in milliseconds */
    boolean isDue(TokenSet set, long now) {
        return allowed && set.refreshable() && (isDue(set.expires(), true, set, now)
                || set.accessExpires() != null && isDue(set.accessExpires(), needsAccess, set, now));
    }

    private boolean isDue(long expires, boolean needed, TokenSet set, long now) {
        // Tokens that live shortly are used for half of their life at least.
        long half = Math.max(0, (expires - set.obtained() / 1000) / 2);
        long early = Math.min(half,
                skewSeconds != null ? Math.max(skewSeconds, MARGIN_SECONDS) : MARGIN_SECONDS - graceSeconds);
        return (needed || skewSeconds != null) && now / 1000 >= expires - early;
    }

    /**
     * Whether a request can go on with a set: neither its ID token nor its access token expires before the mechanism looks at
     * them.
     *
     * @param now in milliseconds
     */
    boolean isValid(TokenSet set, long now) {
        return isValid(set.expires(), now) && (set.accessExpires() == null || isValid(set.accessExpires(), now));
    }

    private boolean isValid(long expires, long now) {
        return now / 1000 + SOON_SECONDS < expires + graceSeconds;
    }
}
