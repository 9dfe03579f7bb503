package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

/**
 * Tokens of OAuth 2 are refreshed, without an ID token: the mechanism makes them, and keeps in them what it knows of the user.
 */
@Tag("full")
class InternalIdTokenRefreshTest extends RefreshContract {

    @RegisterExtension
    static final TestApp APP = refreshing().config("quarkus.oidc.authentication.id-token-required", "false")
            .config("quarkus.oidc.authentication.user-info-required", "true")
            .config("quarkus.oidc.allow-user-info-cache", "false")
            .config("quarkus.oidc.cache-user-info-in-idtoken", "true")
            .config("quarkus.oidc.token.principal-claim", "name")
            .config("quarkus.oidc.token.issuer", "any");

    @BeforeEach
    void noIdTokens() {
        tell("noIdToken", 1);
    }

    @Test
    void userStaysTheSame() {
        Visitor ada = withExpiredTokens();
        tell("user", "bob");
        assertThat(ada.get("/user").body()).isEqualTo("ada ada []");
        assertThat(count("refresh")).isEqualTo(1);
        assertThat(ada.get("/access").body()).as("of the refresh").isNotEmpty();
    }
}
