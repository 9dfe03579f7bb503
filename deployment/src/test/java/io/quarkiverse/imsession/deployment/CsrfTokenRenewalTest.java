package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.TokenAge;
import io.restassured.response.Response;

/** CSRF tokens in a session whose own token is replaced as time goes by. */
class CsrfTokenRenewalTest {

    /** When the token is to be renewed, and the grace period of a renewal before is over. */
    private static final Duration DUE = Duration.ofHours(17);

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, CsrfRoutes.class)
            .redis();

    @Test
    void formRenderedBeforeARenewalStaysValidThroughManyOfThem() {
        String session = Client.login("name", "anna");
        String form = token(session);
        for (int i = 0; i < 3; i++) {
            untilDue(session);
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
        untilDue(session);

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
        untilDue(session);
        String lost = Client.token(Client.get("/csrf/token", session));
        untilDue(session);

        Response again = Client.get("/csrf/token", session);
        assertThat(Client.token(again)).isNotIn(session, lost);
        assertThat(isValid(form, Client.token(again))).isTrue();
        assertThat(isValid(again.body().asString(), Client.token(again))).isTrue();
    }

    @Test
    void explicitRenewalAfterATimedOneEndsAllTokensBefore() {
        String session = Client.login("name", "anna");
        String form = token(session);
        untilDue(session);
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
        untilDue(session);
        Client.token(Client.get("/csrf/token", session));

        Response renewed = Client.get("/csrf/renew-then-token", session);
        assertThat(isValid(form, Client.token(renewed))).isFalse();
        assertThat(isValid(renewed.body().asString(), Client.token(renewed))).isTrue();
    }

    private static void untilDue(String session) {
        TokenAge.raise(ConfigProvider.getConfig().getValue("quarkus.redis.hosts", String.class), session, DUE);
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
