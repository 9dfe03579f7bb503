package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.test.Visitor;

/** A provider that fails when it is asked for tokens before those of the user expire. */
@Tag("further")
class ProviderFailsTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.oidc.token.refresh-expired", "true")
            .config("quarkus.oidc.token.refresh-token-time-skew", "1S")
            .config("quarkus.imsession.oidc.refresh-timeout", "2S").config("quarkus.imsession.oidc.retry-pause", "1H")
            .config("quarkus.imsession.oidc.max-size", "8K");

    @ParameterizedTest
    @ValueSource(strings = { "error", "garbage", "empty", "hang", "drop", "other", "dead", "large" })
    void userKeepsWhatIsValidAndTheProviderIsAskedOnce(String failure) {
        tell("accessLifetime", 2);
        Visitor ada = loggedIn("ada");
        ada.get("/data?cart=7");
        switch (failure) {
            case "dead" -> tell("reset-refresh-tokens", 1);
            case "large" -> tell("tokenSize", 10_000);
            default -> tell("refresh", failure);
        }
        long expires = Long
                .parseLong(session(ada).attributes().get("@private:oidc:Default").replaceAll(".*\"at\":(\\d+).*", "$1"));
        int before = count("refresh");
        Awaitility.await().until(() -> System.currentTimeMillis() / 1000 > expires);
        assertThat(parallel(ada)).containsOnly(200);
        assertThat(parallel(ada)).containsOnly(200);
        assertThat(count("refresh") - before).isEqualTo(1);
        assertThat(ada.get("/user").body()).isEqualTo("ada ada [user]");
        assertThat(ada.get("/data").body()).contains("cart=7");
        assertThat(ada.get("/access").body()).as("its access token").contains(".");
    }
}
