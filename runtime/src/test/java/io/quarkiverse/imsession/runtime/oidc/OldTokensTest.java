package io.quarkiverse.imsession.runtime.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OidcTenantConfig;
import io.vertx.core.json.JsonObject;

class OldTokensTest {

    private static final Instant NOW = Instant.ofEpochSecond(10_000);
    private static final OidcTenantConfig DEFAULTS = OidcTenantConfig.builder().tenantId("shop").build();

    @Test
    void cookieIsValidAsLongAsABrowserMayKeepIt() {
        // An ID token of five minutes, which a refresh may have kept, and the five minutes of the settings.
        assertThat(OldTokens.valid(DEFAULTS, issued(0), NOW)).isEqualTo(Duration.ofMinutes(15));
        assertThat(OldTokens.valid(DEFAULTS, issued(900), NOW)).isZero();
        assertThat(OldTokens.valid(DEFAULTS, issued(901), NOW)).isNegative();
    }

    @Test
    void cookieWithoutTimesIsNotValid() {
        assertThat(OldTokens.valid(DEFAULTS, new JsonObject(), NOW)).isNegative();
        assertThat(OldTokens.valid(DEFAULTS, new JsonObject().put("exp", "x").put("iat", 1), NOW)).isNegative();
    }

    @Test
    void accessTokenHasTheTimeThatIsLeft() {
        assertThat(left(300L, issued(100))).isEqualTo(200L);
        assertThat(left(300L, issued(400))).isZero();
        assertThat(left(null, issued(100))).isNull();
        assertThat(left(300L, new JsonObject())).isEqualTo(300L);
    }

    private static Long left(Long life, JsonObject claims) {
        return OldTokens.withTimeLeft(new AuthorizationCodeTokens("id", "access", "refresh", life, "openid"), claims, NOW)
                .getAccessTokenExpiresIn();
    }

    private static JsonObject issued(long secondsAgo) {
        long at = NOW.getEpochSecond() - secondsAgo;
        return new JsonObject().put("iat", at).put("exp", at + 300);
    }
}
