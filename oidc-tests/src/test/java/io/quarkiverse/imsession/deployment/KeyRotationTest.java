package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;

/** A provider that signs with a key that the application does not know yet. */
@Tag("further")
class KeyRotationTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.oidc.token.refresh-expired", "true")
            .config("quarkus.oidc.token.forced-jwk-refresh-interval", "1S");

    @Test
    void logoutTokenAndRefreshedTokensAreVerifiedByTheNewKey() {
        Visitor ada = loggedIn("ada");
        tell("keys", 1);
        String token = TestProvider.logoutToken(provider(), "sub=%22sub-ada%22");
        assertThat(visitor().post("/back-channel-logout", "logout_token=" + token).statusCode()).isEqualTo(200);
        assertThat(ada.get("/user").statusCode()).isEqualTo(302);
        assertThat(loggedIn("ada").get("/user").statusCode()).isEqualTo(200);
    }
}
