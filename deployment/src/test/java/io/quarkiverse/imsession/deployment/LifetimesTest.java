package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent.Rejected;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.restassured.response.Response;

/** Lifetimes are kept by the server: the clients here keep their cookies for ever. */
class LifetimesTest {

    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final Duration ABSOLUTE = Duration.ofHours(24);

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, EventLog.class, ClockedStore.class)
            .config("quarkus.imsession.timeout", "1H")
            .config("quarkus.imsession.absolute-timeout", "24H")
            .config("quarkus.imsession.renewal.mode", "touch");

    @Inject
    ClockedStore store;

    @Inject
    EventLog events;

    @Test
    void unusedSessionEndsOnTheServerHoweverLongTheClientKeepsItsCookie() {
        String token = Client.login("name", "anna");
        store.advance(TIMEOUT.minusSeconds(1));
        Client.get("/read", token).then().body(equalTo("{name=anna}"));
        store.advance(TIMEOUT.plus(SessionStore.EXPIRY_SLACK));

        Response late = Client.get("/read", token);
        late.then().statusCode(200).body(equalTo("no session"));
        assertThat(late.header("Set-Cookie")).isNull();
    }

    @Test
    void noUseExtendsASessionBeyondItsAbsoluteTimeout() {
        String token = Client.login("name", "anna");
        Duration step = Duration.ofMinutes(50);
        Duration age = Duration.ZERO;
        while (age.plus(step).compareTo(ABSOLUTE) < 0) {
            store.advance(step);
            age = age.plus(step);
            Client.get("/update?name=" + age.toMinutes(), token).then().statusCode(200);
            Client.get("/read", token).then().body(equalTo("{name=" + age.toMinutes() + "}"));
        }

        store.advance(ABSOLUTE.minus(age).plus(SessionStore.EXPIRY_SLACK));
        Client.get("/read", token).then().body(equalTo("no session"));
    }

    @Test
    void sessionThatIsOlderThanALoweredAbsoluteTimeoutIsRefusedAndObserved() {
        SessionToken token = SessionToken.generate(new SecureRandom());
        Expiry before = new Expiry(Duration.ofDays(30), null, null);
        store.create(token.id(), new NewSession(token.hash(), SessionData.of("name", "anna"), before)).toCompletableFuture()
                .join();
        store.advance(ABSOLUTE);
        Client.get("/read", token.value()).then().body(equalTo("{name=anna}"));
        store.advance(SessionStore.EXPIRY_SLACK);

        events.awaitOnly(new Rejected(Optional.of(token.id()), Rejected.Reason.EXPIRED),
                () -> Client.get("/read", token.value()).then().body(equalTo("no session")));
    }
}
