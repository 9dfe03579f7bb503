package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.response.Response;

/** CSRF tokens in a session whose own token is replaced as time goes by: due after a second, and a second of grace. */
class CsrfTokenRenewalTest {

    private static final Duration DUE = Duration.ofMillis(1200);

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, CsrfRoutes.class)
            .config("quarkus.imsession.timeout", "20S")
            .config("quarkus.imsession.renewal-threshold", "0.95")
            .config("quarkus.imsession.renewal-grace", "1S")
            .redis();

    @Test
    void formRenderedBeforeARenewalStaysValidThroughManyOfThem() {
        String session = Client.login("name", "anna");
        String form = token(session);
        for (int i = 0; i < 3; i++) {
            awaitDue();
            Response rotating = Client.get("/csrf/token", session);
            String next = Client.token(rotating);
            assertThat(next).isNotEqualTo(session);
            assertThat(isValid(form, next)).isTrue();
            assertThat(isValid(form, session)).as("in the grace period").isTrue();
            assertThat(isValid(rotating.body().asString(), next)).as("of the request that rotates").isTrue();
            assertThat(isValid(token(session), next)).as("made in the grace period").isTrue();
            session = next;
        }
        assertThat(isValid(token(session), session)).isTrue();
    }

    @Test
    void parallelRequestsThatBothRenewAgreeOnTheSecret() {
        String session = Client.login("name", "anna");
        String form = token(session);
        awaitDue();

        List<Response> both = Stream.generate(
                () -> CompletableFuture.supplyAsync(() -> Client.get("/csrf/token-of-two", session))).limit(2).toList()
                .stream().map(CompletableFuture::join).toList();
        List<Response> renewing = both.stream().filter(response -> response.header("Set-Cookie") != null).toList();
        assertThat(renewing).hasSize(1);
        String next = Client.token(renewing.get(0));

        assertThat(both).allMatch(response -> isValid(response.body().asString(), next));
        assertThat(isValid(form, next)).isTrue();
    }

    @Test
    void formStaysValidIfTheResponseWithTheNextTokenWasLost() {
        String session = Client.login("name", "anna");
        String form = token(session);
        awaitDue();
        String lost = Client.token(Client.get("/csrf/token", session));
        awaitDue();

        Response again = Client.get("/csrf/token", session);
        assertThat(Client.token(again)).isNotIn(session, lost);
        assertThat(isValid(form, Client.token(again))).isTrue();
        assertThat(isValid(again.body().asString(), Client.token(again))).isTrue();
    }

    @Test
    void explicitRenewalAfterATimedOneEndsAllTokensBefore() {
        String session = Client.login("name", "anna");
        String form = token(session);
        awaitDue();
        Response rotating = Client.get("/csrf/token", session);

        Response renewed = Client.get("/csrf/renew-then-token", Client.token(rotating));
        assertThat(isValid(form, Client.token(renewed))).isFalse();
        assertThat(isValid(rotating.body().asString(), Client.token(renewed))).isFalse();
        assertThat(isValid(renewed.body().asString(), Client.token(renewed))).isTrue();
    }

    @Test
    void explicitRenewalByARequestInTheGracePeriodEndsAllTokensBefore() {
        String session = Client.login("name", "anna");
        String form = token(session);
        awaitDue();
        Client.token(Client.get("/csrf/token", session));

        Response renewed = Client.get("/csrf/renew-then-token", session);
        assertThat(isValid(form, Client.token(renewed))).isFalse();
        assertThat(isValid(renewed.body().asString(), Client.token(renewed))).isTrue();
    }

    private static void awaitDue() {
        Instant due = Instant.now().plus(DUE);
        await().until(() -> Instant.now().isAfter(due));
    }

    private static String token(String session) {
        String token = Client.get("/csrf/token", session).body().asString();
        assertThat(token).hasSize(86);
        return token;
    }

    private static boolean isValid(String token, String session) {
        Response response = Client.request(session).header(CsrfRoutes.HEADER, token).get("/csrf/verify");
        response.then().statusCode(200);
        return Boolean.parseBoolean(response.body().asString());
    }
}
