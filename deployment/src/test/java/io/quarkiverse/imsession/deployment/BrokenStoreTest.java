package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.logging.Level;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.deployment.RecordingStore.Mode;
import io.restassured.response.Response;

class BrokenStoreTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, RecordingStore.class, Mode.class)
            .logs(Level.WARNING, BrokenStoreTest::onlyIdsAreLogged);

    @Inject
    RecordingStore store;

    @AfterEach
    void repair() {
        store.mode(Mode.WORKS);
    }

    @Test
    void aSessionThatCannotBeLoadedIsAnswered503() {
        String token = Client.login("name", "anna");

        whileBroken(() -> assertUnavailable(Client.get("/read", token)));

        Client.get("/read", token).then().statusCode(200).body(equalTo("{name=anna}"));
    }

    @Test
    void plantedCookiesAreRemovedWithErrorsAndRefusalsToo() {
        String planted = "connsid=x; connsid=";
        String both = "connsid=" + Client.login("name", "anna") + "; connsid=" + Client.login("name", "bert");

        whileBroken(() -> assertRemoved(503, given().header("Cookie", both).get("/set")));
        for (Mode broken : List.of(Mode.THROWS, Mode.FAILS)) {
            String token = Client.login("name", "anna");
            store.modeAfterLoad(broken);
            assertRemoved(503, given().header("Cookie", planted + token).get("/set?name=bert"));
            store.mode(Mode.WORKS);
            assertRemoved(403, given().header("Cookie", planted + token).header("Sec-Fetch-Site", "cross-site").post("/set"));
        }
    }

    private static void assertRemoved(int status, Response response) {
        response.then().statusCode(status).header("Cache-Control", "no-store");
        assertThat(response.headers().getValues("Set-Cookie"))
                .containsExactly("connsid=; Max-Age=0; Path=/set; HttpOnly; SameSite=Lax");
    }

    @Test
    void aNewSessionThatCannotBeStoredIsAnswered503WithoutACookie() {
        whileBroken(() -> assertUnavailable(Client.get("/set?name=secret-data", null)));
    }

    @Test
    void aRequestWithoutASessionIsAnswered() {
        whileBroken(() -> Client.get("/read", null).then().statusCode(200).body(equalTo("no session")));
    }

    @Test
    void aChangeThatCannotBeStoredIsAnswered503WithoutACookie() {
        for (String change : List.of("/set?name=secret-data", "/renew", "/touch", "/destroy")) {
            for (Mode broken : List.of(Mode.THROWS, Mode.FAILS)) {
                String token = Client.login("name", "anna");
                store.modeAfterLoad(broken);

                assertUnavailable(Client.get(change, token));

                store.mode(Mode.WORKS);
                Client.get("/read", token).then().statusCode(200).body(equalTo("{name=anna}"));
            }
        }
    }

    private void whileBroken(Runnable work) {
        for (Mode broken : List.of(Mode.THROWS, Mode.FAILS)) {
            store.mode(broken);
            work.run();
        }
        store.mode(Mode.WORKS);
    }

    private static void assertUnavailable(Response response) {
        response.then().statusCode(503).header("Retry-After", "1").header("Cache-Control", "no-store")
                .body(equalTo("The session store is unavailable. Please try again."));
        assertThat(response.header("Set-Cookie")).isNull();
    }

    private static void onlyIdsAreLogged(List<String> records) {
        assertThat(records).anyMatch(line -> line.matches("Session [\\w-]{22} could not be loaded: .*"))
                .anyMatch(line -> line.matches("Session [\\w-]{22} could not be stored: The store is out of order"))
                .noneMatch(line -> line.matches("(?s).*[\\w-]{22}\\.[\\w-]{32}.*") || line.contains("secret-data"));
    }
}
