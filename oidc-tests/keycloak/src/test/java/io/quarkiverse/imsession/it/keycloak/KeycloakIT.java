package io.quarkiverse.imsession.it.keycloak;

import static io.quarkiverse.imsession.it.keycloak.User.location;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.Visitor;

/** Two instances of the packaged application, with one Redis and a real Keycloak whose refresh tokens work once. */
class KeycloakIT {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(15);

    private final Landscape landscape = Landscape.get();
    private final Keycloak keycloak = landscape.keycloak;

    @AfterEach
    void reset() {
        keycloak.tokensLive(LONG);
        keycloak.noticesNameTheSession(true);
        keycloak.endSessionsOf("ada");
        keycloak.endSessionsOf("bob");
    }

    @Test
    void userLogsInAndKeepsTheCartAndIsKnownToBothInstances() {
        User ada = ada();
        ada.visitor().get("/cart?add=7");
        ada.logIn();
        assertThat(ada.visitor().get("/cart").body()).isEqualTo("Cart: 7");
        assertThat(ada.known()).containsExactly(true, true);
        assertThat(ada.visitor().cookies()).containsOnlyKeys("connsid");
    }

    @Test
    void parallelRequestsOnBothInstancesRefreshOnceAndTheNextRefreshWorksToo() {
        keycloak.tokensLive(SHORT);
        User ada = ada().logIn();
        for (int round = 0; round < 2; round++) {
            awaitEndOfTokens();
            keycloak.forgetEvents();
            assertThat(Burst.of(ada).ok()).isEqualTo(Burst.REQUESTS);
            assertThat(keycloak.count("REFRESH_TOKEN")).as("round %d", round).isEqualTo(1);
            assertThat(keycloak.count("REFRESH_TOKEN_ERROR")).as("round %d", round).isZero();
        }
    }

    @Test
    void administratorEndsOneSession() {
        User ada = ada().logIn();
        User bob = User.bob(landscape, landscape.shop).logIn();
        assertThat(ada.known()).containsExactly(true, true);
        List<String> sessions = keycloak.sessionsOf("ada");
        assertThat(sessions).hasSize(1);
        keycloak.endSession(sessions.get(0));
        assertThat(ada.known()).containsExactly(false, false);
        assertThat(location(ada.visitor().get("/orders"))).startsWith(keycloak.realm());
        assertThat(bob.known()).containsExactly(true, true);
    }

    /** Otherwise Keycloak tells of one of them only: https://github.com/keycloak/keycloak/issues/22914. */
    @Test
    void administratorLogsTheUserOutOfAllSessionsIfNoticesNameTheUser() {
        keycloak.noticesNameTheSession(false);
        User atHome = ada().logIn();
        User onThePhone = ada().logIn();
        User bob = User.bob(landscape, landscape.shop).logIn();
        assertThat(keycloak.sessionsOf("ada")).hasSize(2);
        keycloak.endSessionsOf("ada");
        assertThat(atHome.known()).containsExactly(false, false);
        assertThat(onThePhone.known()).containsExactly(false, false);
        assertThat(bob.known()).containsExactly(true, true);
    }

    /** Keycloak tells no application of it, but takes no refresh token from then on. */
    @Test
    void userOfARealmWhoseSessionsWereAllEndedIsAskedToLogInWhenTheTokensEnd() {
        keycloak.tokensLive(SHORT);
        User ada = ada().logIn();
        keycloak.endAllSessions();
        awaitEndOfTokens();
        HttpResponse<String> page = ada.visitor().get("/orders");
        assertThat(location(page)).startsWith(keycloak.realm());
        assertThat(ada.open("/orders").body()).isEqualTo("Orders of ada");
    }

    @Test
    void userLogsOutHereAndAtKeycloak() {
        User ada = ada().logIn();
        List<Visitor> thieves = ada.everywhere();
        HttpResponse<String> loggedOut = ada.visitor().get("/logout");
        assertThat(thieves).allSatisfy(thief -> assertThat(thief.get("/").body()).isEqualTo("nobody"));
        assertThat(location(ada.follow(loggedOut))).startsWith(landscape.shop.uri());
        assertThat(keycloak.sessionsOf("ada")).isEmpty();
        assertThat(ada.visitor().cookies()).doesNotContainKey("connsid");
    }

    @Test
    void userWhoseLogInIsOldIsAskedForThePasswordAgain() {
        User ada = ada().logIn();
        long loggedIn = System.nanoTime();
        assertThat(ada.visitor().get("/payment").body()).isEqualTo("Paid by ada");
        Awaitility.await().atMost(LONG).until(() -> System.nanoTime() - loggedIn > Duration.ofSeconds(31).toNanos());
        HttpResponse<String> asked = ada.visitor().get("/payment");
        assertThat(location(asked)).contains("prompt=login", "max_age=30");
        assertThat(ada.visitor().get("/orders").body()).as("still logged in").isEqualTo("Orders of ada");
        assertThat(ada.goOn(asked).body()).isEqualTo("Paid by ada");
    }

    private User ada() {
        return User.ada(landscape, landscape.shop);
    }

    private static void awaitEndOfTokens() {
        long begun = System.nanoTime();
        Awaitility.await().atMost(LONG)
                .until(() -> System.nanoTime() - begun > SHORT.plusSeconds(1).toNanos());
    }
}
