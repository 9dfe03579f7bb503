package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.test.Visitor;

/** Requests whose tokens have expired. Refresh tokens of this provider work once. */
abstract class RefreshContract extends OidcContract {

    static TestApp refreshing() {
        return app(RefreshContract.class).config("quarkus.oidc.token.refresh-expired", "true")
                .config("quarkus.imsession.oidc.refresh-timeout", "2S").config("quarkus.imsession.oidc.retry-pause", "1H");
    }

    /** How long tokens of the provider live from now on. */
    static void tokensLive(int seconds) {
        tell("idLifetime", seconds);
        tell("accessLifetime", seconds);
    }

    @Inject
    ImSessions sessions;

    @Test
    void parallelRequestsMakeOneCallOfTheProvider() {
        Visitor ada = withExpiredTokens();
        tell("delay", 300);
        assertThat(parallel(ada)).containsOnly(200);
        assertThat(count("refresh")).isEqualTo(1);
        assertThat(parallel(ada)).containsOnly(200);
        assertThat(count("refresh")).isEqualTo(1);
    }

    @Test
    void refreshIsRepeatedWhenTheNewTokensExpire() {
        Visitor ada = withExpiredTokens();
        tokensLive(3);
        assertThat(ada.get("/user").statusCode()).isEqualTo(200);
        Awaitility.await().until(() -> ada.get("/user").statusCode() == 200 && count("refresh") == 3);
    }

    @Test
    void errorOfThePageLosesNoToken() {
        Visitor ada = withExpiredTokens();
        assertThat(ada.get("/fail").statusCode()).isEqualTo(500);
        assertThat(count("refresh")).isEqualTo(1);
        assertThat(ada.get("/user").statusCode()).isEqualTo(200);
        assertThat(count("refresh")).isEqualTo(1);
    }

    @Test
    void refreshIsNoLogInAndKeepsTheTokenOfTheSession() {
        Visitor ada = withExpiredTokens();
        String cookie = ada.cookies().get("connsid");
        assertThat(ada.get("/user").statusCode()).isEqualTo(200);
        assertThat(ada.cookies().get("connsid")).isEqualTo(cookie);
        assertThat(count("refresh")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "error", "garbage", "empty", "hang", "drop", "dead" })
    void userIsAskedToLogInAgainIfTheProviderFailsAndTheProviderIsNotFlooded(String failure) {
        Visitor ada = withExpiredTokens();
        if (failure.equals("dead")) {
            tell("reset-refresh-tokens", 1);
        } else {
            tell("refresh", failure);
        }
        assertIsAskedToLogIn(ada);
    }

    /** The provider fails, and is not flooded; the user keeps the data. */
    static void assertIsAskedToLogIn(Visitor ada) {
        int before = count("refresh");
        assertThat(parallel(ada)).containsOnly(302);
        assertThat(parallel(ada)).containsOnly(302);
        assertThat(count("refresh") - before).isLessThanOrEqualTo(1);
        tell("refresh", "");
        tokensLive(300);
        assertThat(ada.visit("/user").body()).startsWith("ada ada");
        assertThat(ada.get("/data").body()).contains("cart=7");
    }

    @Test
    void logOutDuringARefreshIsNotUndone() {
        Visitor ada = withExpiredTokens();
        tell("delay", 500);
        CompletableFuture<HttpResponse<String>> request = ada.getLater("/user");
        Awaitility.await().until(() -> count("refresh") == 1);
        assertThat(sessions.destroy(new SessionId(ada.cookies().get("connsid").substring(0, 22)))).isTrue();
        assertThat(request.join().statusCode()).isEqualTo(302);
        assertThat(ada.get("/who").body()).isEqualTo("- -");
    }

    /** A visitor whose tokens have expired, and that were not refreshed yet. */
    static Visitor withExpiredTokens() {
        tokensLive(3);
        tell("user", "ada");
        Visitor visitor = visitor();
        visitor.get("/data?cart=7");
        // On a slow machine, the tokens may expire before the log-in is over.
        Awaitility.await().until(() -> {
            String login = visitor.get("/user").headers().firstValue("Location").orElseThrow();
            visitor.get(visitor().get(login).headers().firstValue("Location").orElseThrow());
            return session(visitor).data().get("principal", String.class).isPresent();
        });
        String attribute = session(visitor).attributes().get("@private:oidc:Default");
        long expires = Long.parseLong(attribute.replaceAll(".*\"exp\":(\\d+).*", "$1"));
        Awaitility.await().until(() -> System.currentTimeMillis() / 1000 > expires);
        tokensLive(300);
        return visitor;
    }
}
