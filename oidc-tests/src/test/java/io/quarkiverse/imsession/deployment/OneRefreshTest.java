package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.arc.Arc;

/** Refresh tokens of this provider work once. */
class OneRefreshTest extends OidcContract {

    private static final int REQUESTS = 50;

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.oidc.token.refresh-expired", "true")
            .config("quarkus.imsession.oidc.refresh-timeout", "2S").config("quarkus.imsession.oidc.retry-pause", "1H");

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
        tell("idLifetime", 3);
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
    @ValueSource(strings = { "error", "garbage", "hang", "other", "no-id-token", "dead" })
    void userIsAskedToLogInAgainIfTheProviderFailsAndTheProviderIsNotFlooded(String failure) {
        Visitor ada = withExpiredTokens();
        int before = count("refresh");
        if (failure.equals("dead")) {
            tell("reset-refresh-tokens", 1);
        } else if (failure.equals("no-id-token")) {
            tell("noIdToken", 1);
        } else {
            tell("refresh", failure);
        }
        assertThat(parallel(ada)).containsOnly(302);
        assertThat(parallel(ada)).containsOnly(302);
        assertThat(count("refresh") - before).isLessThanOrEqualTo(1);
        tell("refresh", "");
        tell("noIdToken", "");
        tell("idLifetime", 300);
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
    private static Visitor withExpiredTokens() {
        tell("idLifetime", 3);
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
        tell("idLifetime", 300);
        return visitor;
    }

    private static StoredSession session(Visitor visitor) {
        return Arc.container().instance(GuardedStore.class).get()
                .load(new SessionId(visitor.cookies().get("connsid").substring(0, 22))).toCompletableFuture().join();
    }

    private static List<Integer> parallel(Visitor visitor) {
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            responses.add(visitor.getLater("/user"));
        }
        return responses.stream().map(response -> response.join().statusCode()).toList();
    }
}
