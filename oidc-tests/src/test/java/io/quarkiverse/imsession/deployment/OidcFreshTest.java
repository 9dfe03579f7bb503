package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.session.AuthenticationTime;
import io.quarkiverse.imsession.test.Visitor;

/** A log-in that is too old is asked for anew at the provider. */
class OidcFreshTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app();

    @Test
    void userIsSentToTheProviderAndComesBackToThePage() {
        Visitor ada = loggedInLongAgo();
        ada.get("/data?cart=7");
        HttpResponse<String> asked = ada.get("/fresh");
        assertThat(asked.statusCode()).isEqualTo(302);
        assertThat(location(asked)).startsWith(provider() + "/authorize").contains("prompt=login", "max_age=300");
        assertThat(ada.get("/user").statusCode()).as("still logged in").isEqualTo(200);
        String returns = location(ada.get(location(asked)));
        HttpResponse<String> returned = ada.get(returns);
        assertThat(location(returned)).endsWith("/fresh");
        assertThat(ada.get("/fresh").body()).isEqualTo("ada");
        assertThat(ada.get("/data").body()).contains("cart=7");
    }

    @Test
    void userWhoGoesBackIsSentToTheProviderAgain() {
        Visitor ada = loggedInLongAgo();
        assertThat(location(ada.get("/fresh"))).contains("prompt=login");
        String asked = location(ada.get("/fresh"));
        assertThat(asked).contains("prompt=login");
        assertThat(ada.visit(asked).body()).isEqualTo("ada");
    }

    @Test
    void userWhoHasGivenThePasswordAndTakesTooLongIsAskedAgain() {
        Visitor ada = loggedInLongAgo();
        tell("ignorePrompt", 1);
        tell("authTime", Instant.now().getEpochSecond() - 3500);
        String returned = location(ada.get(location(ada.get("/fresh"))));
        ada.get(returned);
        assertThat(location(ada.get("/fresh"))).contains("prompt=login");
    }

    @Test
    void logInOfTheMomentIsFresh() {
        Visitor ada = loggedIn("ada");
        assertThat(ada.get("/fresh").body()).isEqualTo("ada");
    }

    @Test
    void timeOfALogInThatHasYetToComeIsThatOfTheLogInHere() {
        long before = System.currentTimeMillis();
        tell("authTime", Instant.now().getEpochSecond() + 36_000);
        Visitor ada = loggedIn("ada");
        assertThat(ada.get("/fresh").body()).isEqualTo("ada");
        assertThat(AuthenticationTime.of(session(ada)).orElseThrow())
                .isBetween(Instant.ofEpochMilli(before), Instant.now());
    }

    @Test
    void providerThatAsksNobodyIsNotAskedForEver() {
        tell("ignorePrompt", 1);
        Visitor ada = loggedInLongAgo();
        HttpResponse<String> last = ada.visit("/fresh");
        assertThat(last.statusCode()).isEqualTo(401);
        assertThat(last.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("insufficient_user_authentication");
        assertThat(ada.get("/user").statusCode()).isEqualTo(200);
    }

    @Test
    void requestThatCannotBeRepeatedIsRefused() {
        Visitor ada = loggedInLongAgo();
        HttpResponse<String> refused = ada.post("/fresh-post", "a=b");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(ada.get("/user").statusCode()).isEqualTo(200);
    }

    private static Visitor loggedInLongAgo() {
        tell("authTime", Instant.now().getEpochSecond() - 3600);
        return loggedIn("ada");
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }
}
