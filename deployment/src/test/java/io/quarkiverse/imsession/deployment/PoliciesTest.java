package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.deployment.RecordingStore.Mode;
import io.restassured.response.Response;

/** What an application may choose other than the default. */
class PoliciesTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, RecordingStore.class, Mode.class)
            .config("quarkus.imsession.on-store-failure", "anonymous")
            .config("quarkus.imsession.commit-on-server-error", "true")
            .config("quarkus.imsession.max-size", "100");

    @Inject
    RecordingStore store;

    @AfterEach
    void repair() {
        store.mode(Mode.WORKS);
    }

    @Test
    void aRequestMayGoOnForReadingWithoutTheStore() {
        String token = Client.login("name", "anna");
        store.mode(Mode.FAILS);

        Response response = Client.get("/read", token);

        response.then().statusCode(200).body(equalTo("no session"));
        assertThat(response.header("Set-Cookie")).isNull();
        store.mode(Mode.WORKS);
        Client.get("/read", token).then().body(equalTo("{name=anna}"));
    }

    @Test
    void aChangeIsRefusedAtTheCallWithoutTheStore() {
        String token = Client.login("name", "anna");
        store.mode(Mode.THROWS);

        Response response = Client.get("/set-and-tell?name=bert", token);

        response.then().statusCode(200).body(allOf(startsWith("SessionStoreException: ImSession.set() was called"),
                containsString("quarkus.imsession.on-store-failure=anonymous")));
        assertThat(response.header("Set-Cookie")).isNull();
    }

    @Test
    void aNewSessionThatCannotBeStoredIsAnswered503AllTheSame() {
        store.mode(Mode.FAILS);

        Response response = Client.get("/set?name=anna", null);

        response.then().statusCode(503);
        assertThat(response.header("Set-Cookie")).isNull();
    }

    @Test
    void changesOfAServerErrorMayBeKept() {
        Response failed = Client.get("/set-and-fail?name=anna", null);

        failed.then().statusCode(500).body(equalTo("broken"));
        Client.get("/read", Client.token(failed)).then().body(equalTo("{name=anna}"));
    }

    @Test
    void dataOverTheLimitIsRefusedAtTheCallAndTheSessionStaysAsItWas() {
        String token = Client.login("name", "anna");

        Response refused = Client.get("/set-and-tell?name=" + "x".repeat(95), token);

        refused.then().statusCode(200).body(startsWith("SessionTooLargeException: The session would take 101 bytes,"
                + " and quarkus.imsession.max-size allows 100."));
        assertThat(refused.header("Set-Cookie")).isNull();
        Client.get("/read", token).then().body(equalTo("{name=anna}"));
        Client.get("/set-and-tell?name=" + "x".repeat(94), token).then().body(equalTo("stored"));
    }
}
