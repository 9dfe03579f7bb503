package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;

/** An application that asks for the keys of the provider when it needs them. */
@Tag("further")
class LateKeysTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.oidc.jwks.resolve-early", "false");

    @Test
    void providerEndsSessions() {
        Visitor ada = loggedIn("ada");
        String forged = TestProvider.logoutToken(provider(), "sub=%22sub-ada%22&key=forged");
        assertThat(visitor().post("/back-channel-logout", "logout_token=" + forged).statusCode()).isEqualTo(400);
        assertThat(ada.get("/user").statusCode()).isEqualTo(200);
        String token = TestProvider.logoutToken(provider(), "sub=%22sub-ada%22");
        assertThat(visitor().post("/back-channel-logout", "logout_token=" + token).statusCode()).isEqualTo(200);
        assertThat(ada.get("/user").statusCode()).isEqualTo(302);
    }
}
