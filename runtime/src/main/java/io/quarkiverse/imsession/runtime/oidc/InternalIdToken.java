package io.quarkiverse.imsession.runtime.oidc;

import java.security.PrivateKey;
import java.time.Duration;

import javax.crypto.SecretKey;

import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jspecify.annotations.Nullable;

import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.common.runtime.OidcCommonUtils;
import io.quarkus.oidc.common.runtime.config.OidcClientCommonConfig.Credentials;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.smallrye.jwt.util.KeyUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/**
 * The ID token that the mechanism itself makes if a provider of OAuth 2 gives none. It expires with the access token, so a
 * refresh makes another one, as the mechanism would.
 */
final class InternalIdToken {

    private static final String HEADER = "internal";

    private InternalIdToken() {
    }

    /** Whether the mechanism has made an ID token. */
    static boolean is(String idToken) {
        JsonObject headers = OidcUtils.decodeJwtHeaders(idToken);
        return headers != null && Boolean.TRUE.equals(headers.getValue(HEADER));
    }

    /**
     * A token with the claims of another one, which the mechanism will accept.
     *
     * @param expiresIn how long the new access token lives, in seconds; null if the provider does not tell
     */
    static Uni<String> renewed(TenantConfigContext tenant, String idToken, @Nullable Long expiresIn) {
        OidcTenantConfig config = tenant.oidcConfig();
        JwtClaimsBuilder claims = Jwt.claims();
        OidcUtils.decodeJwtContent(idToken).getMap().forEach((name, value) -> {
            if (!name.equals("iat") && !name.equals("exp")) {
                claims.claim(name, value);
            }
        });
        Duration lifespan = config.authentication().internalIdTokenLifespan()
                .orElse(expiresIn == null ? null : Duration.ofSeconds(expiresIn));
        if (lifespan != null) {
            claims.expiresIn(lifespan);
        }
        claims.audience(config.clientId().orElseThrow());
        return key(tenant).map(key -> verified(tenant, claims.jws().header(HEADER, true).sign(key)));
    }

    /** The key of the mechanism, which does not tell it. */
    private static Uni<SecretKey> key(TenantConfigContext tenant) {
        OidcTenantConfig config = tenant.oidcConfig();
        return OidcCommonUtils.clientSecret(config.credentials()).chain(secret -> {
            if (secret != null) {
                return Uni.createFrom().item(KeyUtils.createSecretKeyFromSecret(secret));
            }
            if (config.credentials().jwt().source() == Credentials.Jwt.Source.BEARER) {
                return Uni.createFrom().item(tenant.getInternalIdTokenSigningKey());
            }
            return OidcCommonUtils.initClientJwtKey(config, true).map(key -> key instanceof PrivateKey
                    ? OidcUtils.createSecretKeyFromDigest(key.getEncoded())
                    : tenant.getInternalIdTokenSigningKey());
        });
    }

    private static String verified(TenantConfigContext tenant, String idToken) {
        try {
            tenant.provider().verifySelfSignedJwtToken(idToken, tenant.getInternalIdTokenSigningKey());
            return idToken;
        } catch (InvalidJwtException e) {
            throw new IllegalStateException("The mechanism would not accept the ID token that was made for it", e);
        }
    }
}
