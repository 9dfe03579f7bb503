package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.UUID;
import java.util.logging.Level;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionEvent.Destroyed.Cause;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionLimitException;
import io.restassured.RestAssured;
import io.restassured.response.Response;

/** What clients see of limits: {@code seat} has two sessions of a value, and of {@code screen} the oldest of two is ended. */
abstract class LimitsContract {

    private String value;

    @Inject
    ImSessions sessions;

    @Inject
    EventLog events;

    static TestApp app() {
        return TestApp.of(LimitsContract.class, Routes.class, AdministrationResource.class, EventLog.class)
                .config("quarkus.imsession.references.\"seat\".max-sessions", "2")
                .config("quarkus.imsession.references.\"screen\".max-sessions", "2")
                .config("quarkus.imsession.references.\"screen\".on-limit", "destroy-oldest")
                .logs(Level.WARNING, lines -> assertThat(lines).noneMatch(line -> line.contains("could not be stored")));
    }

    @BeforeEach
    void chooseValue() {
        value = UUID.randomUUID().toString();
    }

    @Test
    void aLogInBeyondTheLimitIsAnswered409AndNothingIsStored() {
        String first = Client.login("seat", value);
        String second = Client.login("seat", value);

        assertRefused(Client.get("/set?seat=" + value, null));
        assertThat(sessions.count("seat", value)).isEqualTo(2);
        Client.get("/destroy", first);
        Client.login("seat", value);
        Client.get("/read", second).then().body(equalTo("{seat=" + value + "}"));
    }

    @Test
    void aSessionThatLogsInBeyondTheLimitStaysAsItWas() {
        Client.login("seat", value);
        Client.login("seat", value);
        String token = Client.login("cart", "1");

        assertRefused(Client.get("/update?seat=" + value, token));
        Client.get("/read", token).then().body(equalTo("{cart=1}"));
        Client.token(Client.get("/update?cart=2", token));
    }

    @Test
    void aRefusedLogInDoesNotCostTheSessionItWasToReplace() {
        String other = UUID.randomUUID().toString();
        Client.login("seat", value);
        Client.login("seat", value);
        String token = Client.login("seat", other);

        assertRefused(Client.get("/replace?seat=" + value, token));
        Client.get("/read", token).then().body(equalTo("{seat=" + other + "}"));
    }

    @Test
    void aLogInAgainTakesThePlaceOfItsOwnSession() {
        Client.login("screen", value);
        String old = Client.login("screen", value);
        events.awaitOnlyEnd(new Destroyed(id(old), Cause.REQUEST),
                () -> Client.token(Client.get("/replace?screen=" + value, old)));
        assertThat(sessions.count("screen", value)).isEqualTo(2);
    }

    @Test
    void theOldestBrowserIsLoggedOutAndItIsTold() {
        String oldest = Client.login("screen", value);
        String second = Client.login("screen", value);
        events.awaitOnlyEnd(new Destroyed(id(oldest), Cause.LIMIT), () -> Client.login("screen", value));

        Client.get("/read", oldest).then().statusCode(200).body(equalTo("no session"));
        Client.get("/read", second).then().body(equalTo("{screen=" + value + "}"));
    }

    @Test
    void administrationKeepsTheLimitToo() {
        Client.login("seat", value);
        Client.login("seat", value);
        String token = Client.login("cart", "1");

        assertThatExceptionOfType(SessionLimitException.class)
                .isThrownBy(() -> sessions.update(id(token), SessionData.of("seat", value)))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("seat"));
        assertRefused(RestAssured.post("/administration/seat?id={id}&value={value}", id(token).value(), value));
        Client.get("/read", token).then().body(equalTo("{cart=1}"));
    }

    private static void assertRefused(Response response) {
        response.then().statusCode(409).contentType(containsString("text/plain"))
                .body(containsString("There are too many sessions already."));
        assertThat(response.header("Set-Cookie")).isNull();
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    }

    private static SessionId id(String token) {
        return new SessionId(token.substring(0, SessionId.LENGTH));
    }
}
