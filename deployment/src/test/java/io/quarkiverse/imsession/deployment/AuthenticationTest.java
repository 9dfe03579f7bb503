package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.response.Response;

class AuthenticationTest extends AuthenticationContract {

    @RegisterExtension
    static final TestApp APP = app(Routes.class, AuthenticationRoutes.class, AuthenticationContract.class, ClockedStore.class);

    @Inject
    ClockedStore store;

    @Override
    void untilDue(String session) {
        store.advance(Duration.ofHours(17));
    }

    @Test
    void authenticationIsFreshForTheGivenTimeByTheStoresClock() {
        String session = login();
        assertThat(isFresh(get("/authentication?within=PT0S", session))).isTrue();
        store.advance(Duration.ofMinutes(5));
        assertThat(isFresh(get("/authentication?within=PT5M", session))).isTrue();
        store.advance(Duration.ofMillis(1));
        assertThat(isFresh(get("/authentication?within=PT5M", session))).isFalse();
        assertThat(isFresh(get("/authentication?within=PT6M", session))).isTrue();

        Response renewing = get("/authentication/renew?within=PT0S", session);
        assertThat(isFresh(renewing)).isTrue();
        store.advance(Duration.ofMinutes(5));
        assertThat(isFresh(get("/authentication?within=PT5M", Client.token(renewing)))).isTrue();
        store.advance(Duration.ofMillis(1));
        assertThat(isFresh(get("/authentication?within=PT5M", Client.token(renewing)))).isFalse();
    }

    @Test
    void timedRenewalMakesNothingFresh() {
        String session = login();
        untilDue(session);
        Response rotating = get("/authentication", session);
        assertThat(isFresh(rotating)).isFalse();
        assertThat(isFresh(get("/authentication", Client.token(rotating)))).isFalse();
    }

    @Test
    void sessionOfALogInIsFreshAndThatOfAVisitorAndNoneAreNot() {
        assertThat(get("/authentication", null).asString()).isEqualTo("- - false");
        assertThat(get("/authentication/renew", null).asString()).isEqualTo("- - false");
        Response making = get("/authentication/make", null);
        assertThat(making.asString()).isEqualTo("- - false");
        assertThat(get("/authentication/login", null).asString()).isEqualTo("- - true");
        assertThat(get("/authentication/end", Client.token(making)).asString()).isEqualTo("- - false");
    }

    private static boolean isFresh(Response response) {
        return response.asString().endsWith(" true");
    }
}
