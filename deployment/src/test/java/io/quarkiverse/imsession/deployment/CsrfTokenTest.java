package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;
import java.util.regex.Pattern;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.deployment.RecordingStore.Mode;
import io.restassured.response.Response;

/** The tokens that an application asks for and verifies itself. */
class CsrfTokenTest {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{86}");

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, CsrfRoutes.class, RecordingStore.class, Mode.class)
            .config("quarkus.log.category.\"io.quarkiverse\".min-level", "TRACE")
            .config("quarkus.log.category.\"io.quarkiverse\".level", "TRACE")
            .logs(Level.ALL, CsrfTokenTest::assertNoTokenIsLogged);

    @Inject
    RecordingStore store;

    private static void assertNoTokenIsLogged(List<String> messages) {
        assertThat(messages).anyMatch(message -> message.startsWith("Rejected["));
        assertThat(messages).noneMatch(message -> TOKEN.matcher(message).find());
    }

    @Test
    void eachTokenIsAnotherTextAndAllAreValidInAllTabs() {
        String session = Client.login("name", "anna");
        String one = token("/csrf/token", session);
        String other = token("/csrf/token", session);

        assertThat(one).isNotEqualTo(other).matches(TOKEN);
        assertThat(isValid(one, session)).isTrue();
        assertThat(isValid(other, session)).isTrue();
        assertThat(isValid(one, session)).as("once more").isTrue();
    }

    @Test
    void showingAndVerifyingCostsOneLoadAndNoWrite() {
        String session = Client.login("name", "anna");

        assertThat(store.calls(() -> token("/csrf/token", session))).containsExactly("load");
        String token = token("/csrf/token", session);
        assertThat(store.calls(() -> assertThat(isValid(token, session)).isTrue())).containsExactly("load");
    }

    @Test
    void withoutASessionThereIsNoTokenAndNoneIsValid() {
        String foreign = token("/csrf/token", Client.login("name", "anna"));

        assertThat(Client.get("/csrf/token", null).body().asString()).isEmpty();
        assertThat(store.calls(() -> Client.get("/csrf/token", null))).isEmpty();
        assertThat(isValid(foreign, null)).isFalse();
        assertThat(isValid("", null)).isFalse();
    }

    @Test
    void tokenOfTheRequestThatMakesTheSessionIsValid() {
        Response made = Client.get("/csrf/set-then-token", null);
        assertThat(isValid(body(made), Client.token(made))).isTrue();
    }

    @Test
    void tokenAskedAfterRenewalInTheSameRequestIsValidAndAllBeforeAreDead() {
        String session = Client.login("name", "anna");
        String before = token("/csrf/token", session);

        Response renewed = Client.get("/csrf/renew-then-token", session);
        assertThat(isValid(body(renewed), Client.token(renewed))).isTrue();
        assertThat(isValid(before, Client.token(renewed))).isFalse();

        Response renewedAgain = Client.get("/csrf/token-then-renew", Client.token(renewed));
        assertThat(isValid(body(renewedAgain), Client.token(renewedAgain))).isFalse();
        assertThat(isValid(token("/csrf/token", Client.token(renewedAgain)), Client.token(renewedAgain))).isTrue();
    }

    @Test
    void afterTheEndThereIsNoTokenAndNoneIsValid() {
        assertThat(Client.get("/csrf/destroy-then-token", Client.login("name", "anna")).body().asString()).isEmpty();
        assertThat(Client.get("/csrf/destroy-then-verify", Client.login("name", "anna")).body().asString())
                .isEqualTo("false");

        String session = Client.login("name", "anna");
        String token = token("/csrf/token", session);
        Client.get("/destroy", session);
        assertThat(isValid(token, session)).isFalse();
    }

    @Test
    void sessionInPlaceOfAnotherHasTokensOfItsOwn() {
        String session = Client.login("name", "anna");
        String before = token("/csrf/token", session);

        Response replaced = Client.get("/csrf/replace-then-token", session);
        assertThat(isValid(body(replaced), Client.token(replaced))).isTrue();
        assertThat(isValid(before, Client.token(replaced))).isFalse();
    }

    @Test
    void tokenOfAnotherSessionIsRefused() {
        String foreign = token("/csrf/token", Client.login("name", "eve"));
        assertThat(isValid(foreign, Client.login("name", "anna"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "A", "not base64url!", "undefined", "%00", "a.b" })
    void whatIsNoTokenIsRefused(String text) {
        assertThat(isValid(text, Client.login("name", "anna"))).isFalse();
    }

    @Test
    void forgedTruncatedLargeAndMissingTokensAreRefused() {
        String session = Client.login("name", "anna");
        String token = token("/csrf/token", session);
        char last = token.charAt(40);

        assertThat(isValid(token.substring(0, 40) + (last == 'A' ? 'B' : 'A') + token.substring(41), session)).isFalse();
        assertThat(isValid(token.substring(0, 85), session)).isFalse();
        assertThat(isValid(token.substring(0, 43), session)).isFalse();
        assertThat(isValid("A".repeat(86), session)).isFalse();
        assertThat(isValid("A".repeat(10_000), session)).isFalse();
        Client.get("/csrf/verify-null", session).then().statusCode(200);
        assertThat(Client.get("/csrf/verify-null", session).body().asString()).isEqualTo("false");
        assertThat(isValid(session, session)).as("the session token itself").isFalse();
    }

    private static String token(String path, String session) {
        return body(Client.get(path, session));
    }

    private static String body(Response response) {
        response.then().statusCode(200);
        String token = response.body().asString();
        assertThat(token).matches(TOKEN);
        return token;
    }

    private static boolean isValid(String token, String session) {
        Response response = Client.request(session).header(CsrfRoutes.HEADER, token).get("/csrf/verify");
        response.then().statusCode(200);
        return Boolean.parseBoolean(response.body().asString());
    }
}
