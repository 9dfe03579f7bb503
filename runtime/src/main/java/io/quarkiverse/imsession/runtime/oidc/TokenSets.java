package io.quarkiverse.imsession.runtime.oidc;

import java.util.List;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.config.OidcConfig;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.oidc.TokenSet.Tokens;
import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig.TokenStateManager.Strategy;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.AuthenticationCompletionException;
import io.vertx.core.json.JsonObject;

/** Makes the {@link TokenSet}s of sessions, and opens them. */
final class TokenSets {

    private static final LimitedLog TOO_LARGE = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession"), Level.ERROR);

    private final TenantKeys keys;
    private final long maxSize;

    TokenSets(OidcConfig config) {
        this.keys = new TenantKeys(config.encryptionKeys().orElse(List.of()));
        this.maxSize = config.maxSize().asLongValue();
    }

    /** The text of a set of a new log-in. */
    String newText(OidcTenantConfig config, AuthorizationCodeTokens tokens, JsonObject claims, SessionId id) {
        return text(config, set(config, tokens, claims, System.currentTimeMillis(), 0, id));
    }

    /** The set that comes after another one in the same log-in; of a new one if there was none. */
    TokenSet next(OidcTenantConfig config, AuthorizationCodeTokens tokens, JsonObject claims, @Nullable TokenSet before,
            SessionId id) {
        return set(config, tokens, claims, before == null ? System.currentTimeMillis() : before.loggedIn(),
                before == null ? 0 : before.generation() + 1, id);
    }

    private TokenSet set(OidcTenantConfig config, AuthorizationCodeTokens tokens, JsonObject claims, long loggedIn,
            long generation, SessionId id) {
        Strategy strategy = config.tokenStateManager().strategy();
        boolean all = strategy == Strategy.KEEP_ALL_TOKENS;
        Long expiresIn = all ? tokens.getAccessTokenExpiresIn() : null;
        return TokenSet.of(OidcUtils.getSessionCookieName(config), loggedIn, System.currentTimeMillis(),
                claims.getLong("exp", 0L),
                expiresIn == null ? null : System.currentTimeMillis() / 1000 + expiresIn, generation,
                new Tokens(tokens.getIdToken(), all ? tokens.getAccessToken() : null,
                        strategy == Strategy.ID_TOKEN ? null : tokens.getRefreshToken(),
                        all ? tokens.getAccessTokenScope() : null),
                keys.of(config), place(id, config));
    }

    /** @throws AuthenticationCompletionException if it is too large */
    String text(OidcTenantConfig config, TokenSet set) {
        String text = set.encode();
        if (text.length() > maxSize) {
            String reason = "The tokens of the tenant " + config.tenantId().orElse("") + " have " + text.length()
                    + " bytes, quarkus.imsession.oidc.max-size is " + maxSize
                    + ": raise it, or set quarkus.oidc.token-state-manager.strategy=id-refresh-tokens";
            TOO_LARGE.log(reason);
            throw new AuthenticationCompletionException(reason);
        }
        return text;
    }

    /** The tokens of a set of a session; null if no key decrypts them there. */
    @Nullable
    Tokens open(OidcTenantConfig config, TokenSet set, SessionId id) {
        return set.open(keys.of(config), place(id, config));
    }

    private static String place(SessionId id, OidcTenantConfig config) {
        return id.value() + ' ' + IdTokens.by(config);
    }
}
