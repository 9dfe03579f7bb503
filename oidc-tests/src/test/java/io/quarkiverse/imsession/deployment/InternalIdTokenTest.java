package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

/** A provider that gives no ID tokens, as providers of OAuth 2 do: the mechanism makes them. */
class InternalIdTokenTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.oidc.authentication.id-token-required", "false")
            .config("quarkus.oidc.authentication.user-info-required", "true")
            .config("quarkus.oidc.token.principal-claim", "name")
            .config("quarkus.oidc.token.issuer", "any")
            .config("quarkus.oidc.token.refresh-expired", "true");

    @BeforeEach
    void noIdTokens() {
        tell("noIdToken", 1);
    }

    @Test
    void userLogsInAndOut() {
        tell("user", "ada");
        Visitor ada = visitor();
        ada.get("/data?cart=7");
        assertThat(ada.visit("/who").body()).isEqualTo("- -");
        assertThat(ada.visit("/user").body()).isEqualTo("ada ada []");
        assertThat(ada.cookies()).containsOnlyKeys("connsid");
        assertThat(ada.get("/data").body()).contains("cart=7").doesNotContain("oidc.sub");
        ada.get("/local-logout");
        assertThat(ada.get("/user").statusCode()).isEqualTo(302);
    }

    @Test
    void tokensAreRefreshedAndTheUserStays() {
        tell("accessLifetime", 3);
        tell("user", "ada");
        Visitor ada = visitor();
        Awaitility.await().until(() -> ada.visit("/user").statusCode() == 200);
        Awaitility.await().until(() -> ada.get("/user").statusCode() == 200 && count("refresh") > 0);
        tell("accessLifetime", 300);
        Awaitility.await().until(() -> ada.get("/user").statusCode() == 200 && ada.get("/user").statusCode() == 200);
        assertThat(ada.get("/user").body()).isEqualTo("ada ada []");
    }
}
