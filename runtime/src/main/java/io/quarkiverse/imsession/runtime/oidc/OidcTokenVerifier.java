package io.quarkiverse.imsession.runtime.oidc;

import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;

import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.runtime.OidcProvider;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** Verifies tokens by the keys of a provider, also by new ones. */
final class OidcTokenVerifier {

    private OidcTokenVerifier() {
    }

    /** Verifies the signature, issuer, audience and expiry of a token. */
    private interface Check {
        void verify(OidcProvider provider, String token) throws InvalidJwtException;
    }

    /** The claims of an ID token. */
    static Uni<JsonObject> verify(TenantConfigContext tenant, String token) {
        return verify(tenant, token, (provider, text) -> provider.verifyJwtToken(text, true, false, null));
    }

    /** The claims of a logout token. */
    static Uni<JsonObject> verifyLogout(TenantConfigContext tenant, String token) {
        return verify(tenant, token, OidcProvider::verifyLogoutJwtToken);
    }

    private static Uni<JsonObject> verify(TenantConfigContext tenant, String token, Check check) {
        OidcProvider provider = tenant.provider();
        if (!tenant.oidcConfig().jwks().resolveEarly()) {
            return provider.getKeyResolverAndVerifyJwtToken(new IdTokenCredential(token), true, false, null, true)
                    .map(verified -> OidcUtils.decodeJwtContent(token));
        }
        try {
            check.verify(provider, token);
            return Uni.createFrom().item(OidcUtils.decodeJwtContent(token));
        } catch (InvalidJwtException e) {
            // The provider may have new keys.
            return e.getCause() instanceof UnresolvableKeyException
                    ? provider.refreshJwksAndVerifyJwtToken(token, true, false, null)
                            .map(verified -> OidcUtils.decodeJwtContent(token))
                    : Uni.createFrom().failure(e);
        }
    }
}
