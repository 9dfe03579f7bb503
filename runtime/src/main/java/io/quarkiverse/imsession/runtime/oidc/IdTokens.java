package io.quarkiverse.imsession.runtime.oidc;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.json.JsonObject;

/** What an ID token tells of a log-in. The mechanism has verified it. */
final class IdTokens {

    private IdTokens() {
    }

    /** The claims of an ID token; none if it has no JSON. */
    static JsonObject claims(TenantConfigContext tenant, OidcTenantConfig config, String idToken) {
        JsonObject claims = OidcUtils.decodeJwtContent(decrypted(tenant, config, idToken));
        return claims == null ? new JsonObject() : claims;
    }

    static String decrypted(TenantConfigContext tenant, OidcTenantConfig config, String idToken) {
        boolean encrypted = config.token().decryptIdToken()
                .orElseGet(() -> config.token().decryptionKeyLocation().isPresent());
        return encrypted ? OidcUtils.decryptToken(tenant, idToken) : idToken;
    }

    /** The mechanism of the log-ins of a tenant, see {@link Login#by()}. */
    static String by(OidcTenantConfig config) {
        return Login.BY_OIDC + OidcReferences.tenant(config.tenantId().orElse(OidcUtils.DEFAULT_TENANT_ID));
    }

    static Login login(OidcTenantConfig config, JsonObject claims, Map<String, String> references,
            SecurityIdentity identity) {
        String by = by(config);
        String subject = references.containsKey(OidcReferences.SUBJECT)
                ? claims.getString("iss") + ' ' + claims.getString("sub")
                : by;
        return Login.of(identity.getPrincipal().getName(), identity.getRoles(), by, subject, references);
    }

    /** What the session of a log-in is found by. */
    static Map<String, String> references(JsonObject claims) {
        String issuer = claims.getString("iss");
        String subject = claims.getString("sub");
        String sid = claims.getString("sid");
        Map<String, String> references = new HashMap<>();
        if (issuer != null && subject != null) {
            references.put(OidcReferences.SUBJECT, OidcReferences.of(issuer, subject));
        }
        if (issuer != null && sid != null) {
            references.put(OidcReferences.SESSION, OidcReferences.of(issuer, sid));
        }
        return references;
    }

    /** When the provider has authenticated the user; null if it does not say, or if that has yet to come: then it is now. */
    static @Nullable Instant authenticated(JsonObject claims) {
        return claims.getValue("auth_time") instanceof Number time && time.longValue() <= Instant.now().getEpochSecond()
                ? Instant.ofEpochSecond(time.longValue())
                : null;
    }
}
