package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.restassured.response.Response;

/** When a session was authenticated, whatever keeps it (OWASP ASVS 5, V7.5.1 and V7.5.3). */
abstract class AuthenticationContract {

    static TestApp app(Class<?>... classes) {
        return TestApp.of(classes);
    }

    /** Lets time pass until the next request with this token renews it, at least a millisecond. */
    abstract void untilDue(String session);

    @Test
    void newSessionOfALogInIsAuthenticatedAsItIsMade() {
        String session = login();
        assertThat(authenticated(session)).isEqualTo(created(session));
    }

    @Test
    void sessionOfAVisitorIsNotAuthenticatedUntilItIsRenewedOnPurpose() {
        String session = Client.token(get("/authentication/make", null));
        assertThat(get("/authentication", session).asString()).endsWith(" - false");
        untilDue(session);
        String rotated = Client.token(get("/authentication", session));
        assertThat(get("/authentication", rotated).asString()).endsWith(" - false");

        String renewed = Client.token(get("/authentication/renew", rotated));
        assertThat(authenticated(renewed)).isAfter(created(renewed));
        assertThat(get("/authentication", renewed).asString()).endsWith(" true");
    }

    @Test
    void timedRenewalIsNoAuthentication() {
        String session = login();
        Instant made = created(session);
        for (int i = 0; i < 2; i++) {
            untilDue(session);
            Response rotating = Client.get("/authentication", session);
            String next = Client.token(rotating);
            assertThat(next).isNotEqualTo(session);
            assertThat(authenticated(rotating)).isEqualTo(made);
            assertThat(authenticated(next)).isEqualTo(made);
            assertThat(authenticated(session)).as("in the grace period").isEqualTo(made);
            session = next;
        }
    }

    @Test
    void renewingTheIdIsAnAuthenticationThatLaterTimedRenewalsKeep() {
        String session = login();
        Instant made = created(session);
        untilDue(session);
        String rotated = Client.token(Client.get("/authentication", session));
        untilDue(rotated);
        String renewed = Client.token(Client.get("/authentication/renew", rotated));

        Instant authenticated = authenticated(renewed);
        assertThat(authenticated).isAfter(made);
        assertThat(created(renewed)).isEqualTo(made);

        untilDue(renewed);
        String next = Client.token(Client.get("/authentication", renewed));
        assertThat(authenticated(next)).isEqualTo(authenticated);
    }

    @Test
    void renewingTheIdInTheGracePeriodOfATimedRenewalIsAnAuthentication() {
        String session = login();
        Instant made = created(session);
        untilDue(session);
        Client.token(Client.get("/authentication", session));
        String renewed = Client.token(Client.get("/authentication/renew", session));

        assertThat(authenticated(renewed)).isAfter(made);
    }

    /** The token of a new session whose user was verified. */
    static String login() {
        return Client.token(get("/authentication/login", null));
    }

    static Response get(String path, String token) {
        Response response = Client.get(path, token);
        response.then().statusCode(200);
        return response;
    }

    static Instant created(String token) {
        return Instant.parse(get("/authentication", token).asString().split(" ")[0]);
    }

    static Instant authenticated(String token) {
        return authenticated(get("/authentication", token));
    }

    static Instant authenticated(Response response) {
        return Instant.parse(response.asString().split(" ")[1]);
    }
}
