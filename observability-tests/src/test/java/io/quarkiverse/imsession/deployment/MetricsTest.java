package io.quarkiverse.imsession.deployment;

import static io.quarkiverse.imsession.deployment.Meters.DROPPED;
import static io.quarkiverse.imsession.deployment.Meters.SIZE;
import static io.quarkiverse.imsession.deployment.Meters.SIZES;
import static io.quarkiverse.imsession.deployment.Meters.commits;
import static io.quarkiverse.imsession.deployment.Meters.ended;
import static io.quarkiverse.imsession.deployment.Meters.loads;
import static io.quarkiverse.imsession.deployment.Meters.refused;
import static io.quarkiverse.imsession.deployment.Meters.rejected;
import static io.quarkiverse.imsession.deployment.Meters.renewals;
import static io.quarkiverse.imsession.deployment.Meters.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;

/** Each test names all meters that one request moves. */
class MetricsTest {

    private static final Duration DUE = Duration.ofHours(17);
    private static final Duration GRACE = Duration.ofMinutes(1);

    @RegisterExtension
    static final TestApp APP = TestApp
            .of(Routes.class, EndingRoutes.class, Meters.class, ClockedStore.class)
            .config("quarkus.imsession.destroy-on-replay", "true")
            .config("quarkus.imsession.csrf.mode", "both")
            .config("quarkus.otel.enabled", "false");

    @Inject
    ClockedStore store;

    @Test
    void allCountersAreThereFromTheStart() {
        assertThat(Meters.read()).containsKeys(loads("found"), loads("failed"), commits("renew", "conflict"),
                commits("destroy", "failed"), rejected("replayed"), refused("origin"), refused("token"), refused("conflict"),
                refused("size"), refused("limit"), refused("store"), renewals("timed"), ended("limit"), ended("abandoned"),
                store("load", "failure"), SIZES, DROPPED);
    }

    @Test
    void aRequestWithoutATokenCostsNoCallOfTheStore() {
        assertThat(Meters.during(() -> Client.get("/read", null))).isEqualTo(Map.of(loads("none"), 1.0));
    }

    @Test
    void aRequestThatOnlyReadsIsALoad() {
        String token = Client.login("name", "anna");
        assertThat(Meters.during(() -> Client.get("/read", token)))
                .isEqualTo(Map.of(loads("found"), 1.0, store("load", "success"), 1.0));
    }

    @Test
    void aNewSessionIsCreatedAndItsDataIsMeasured() {
        assertThat(Meters.during(() -> Client.get("/set?name=anna", null))).isEqualTo(Map.of(loads("none"), 1.0,
                commits("create", "stored"), 1.0, store("create", "success"), 1.0, SIZES, 1.0, SIZE, 10.0));
    }

    @Test
    void aChangeIsAnUpdateAndAllDataIsMeasured() {
        String token = Client.login("name", "anna");
        assertThat(Meters.during(() -> Client.get("/update?age=7", token))).isEqualTo(Map.of(loads("found"), 1.0,
                store("load", "success"), 1.0, commits("update", "stored"), 1.0, store("update", "success"), 1.0,
                SIZES, 1.0, SIZE, 10.0 + 6.0));
    }

    @Test
    void aLifetimeThatStartsAnewIsATouchAndNothingIsMeasured() {
        String token = Client.login("name", "anna");
        assertThat(Meters.during(() -> Client.get("/touch", token))).isEqualTo(Map.of(loads("found"), 1.0,
                store("load", "success"), 1.0, commits("touch", "stored"), 1.0, store("update", "success"), 1.0));
    }

    @Test
    void aNewTokenIsARenewalOfTheApplication() {
        String token = Client.login("name", "anna");
        assertThat(Meters.during(() -> Client.get("/renew", token))).isEqualTo(Map.of(loads("found"), 1.0,
                store("load", "success"), 1.0, commits("renew", "stored"), 1.0, renewals("application"), 1.0,
                store("update", "success"), 1.0));
    }

    @Test
    void aLogOutIsADestroy() {
        String token = Client.login("name", "anna");
        assertThat(Meters.during(() -> Client.get("/destroy", token))).isEqualTo(Map.of(loads("found"), 1.0,
                store("load", "success"), 1.0, commits("destroy", "stored"), 1.0, ended("request"), 1.0,
                store("destroy", "success"), 1.0));
    }

    @Test
    void aSessionInThePlaceOfAnotherIsAReplace() {
        String token = Client.login("name", "anna");
        assertThat(Meters.during(() -> Client.get("/replace?name=bob", token))).isEqualTo(Map.of(loads("found"), 1.0,
                store("load", "success"), 1.0, commits("replace", "stored"), 1.0, ended("request"), 1.0,
                store("replace", "success"), 1.0, SIZES, 1.0, SIZE, 9.0));
    }

    @Test
    void aChangeOfASessionThatEndedMeanwhileIsAConflict() {
        String token = Client.login("name", "anna");
        assertThat(Meters.during(() -> Client.get("/end-and-update", token).then().statusCode(409))).isEqualTo(Map.of(
                loads("found"), 1.0, store("load", "success"), 1.0, ended("administration"), 1.0, store("destroy", "success"),
                1.0,
                commits("update", "conflict"), 1.0, store("update", "success"), 1.0, refused("conflict"), 1.0));
    }

    @Test
    void aNewSessionThatIsRefusedIsACreateThatIsAConflict() {
        String token = Client.login("name", "anna");
        Client.get("/renew", token);
        assertThat(Meters.during(() -> Client.get("/set?name=bob", token).then().statusCode(409))).isEqualTo(Map.of(
                loads("rejected"), 1.0, rejected("superseded"), 1.0, store("load", "success"), 1.0,
                commits("create", "conflict"), 1.0, refused("conflict"), 1.0));
    }

    @Test
    void aTimedRenewalThatComesTooLateIsSkipped() {
        String token = Client.login("name", "anna");
        store.advance(DUE);
        assertThat(Meters.during(() -> Client.get("/end-and-read", token).then().statusCode(200))).isEqualTo(Map.of(
                loads("found"), 1.0, store("load", "success"), 1.0, ended("administration"), 1.0, store("destroy", "success"),
                1.0,
                commits("renew", "skipped"), 1.0, store("update", "success"), 1.0));
    }

    @Test
    void theRenewalsOfASessionItsConfirmationAndTheReplayOfAnOldToken() {
        String old = Client.login("name", "anna");
        store.advance(DUE);
        String[] next = new String[1];
        assertThat(Meters.during(() -> next[0] = Client.token(Client.get("/read", old)))).isEqualTo(Map.of(loads("found"), 1.0,
                store("load", "success"), 1.0, commits("renew", "stored"), 1.0, renewals("timed"), 1.0,
                store("update", "success"), 1.0));
        store.advance(GRACE);
        assertThat(Meters.during(() -> Client.get("/read", next[0]).then().body(equalTo("{name=anna}"))))
                .isEqualTo(Map.of(loads("found"), 1.0, store("load", "success"), 1.0, commits("confirm", "stored"), 1.0,
                        store("update", "success"), 1.0));

        assertThat(Meters.during(() -> Client.get("/read", old).then().body(equalTo("no session")))).isEqualTo(Map.of(
                loads("rejected"), 1.0, rejected("replayed"), 1.0, store("load", "success"), 1.0,
                ended("replay"), 1.0, store("destroy", "success"), 1.0));
    }

    @Test
    void refusedRequestsAreCountedByTheirReason() {
        String token = Client.login("name", "anna");
        assertThat(Meters.during(() -> Client.request(token).header("Sec-Fetch-Site", "cross-site").post("/read").then()
                .statusCode(403))).isEqualTo(
                        Map.of(loads("found"), 1.0, store("load", "success"), 1.0, refused("origin"), 1.0));
        assertThat(Meters.during(() -> Client.request(token).header("Sec-Fetch-Site", "same-origin").post("/read").then()
                .statusCode(403))).isEqualTo(Map.of(loads("found"), 1.0, store("load", "success"), 1.0, refused("token"), 1.0));
    }

    @Test
    void refusedTokensAreCountedByReason() {
        String token = Client.login("name", "anna");
        String forged = token.substring(0, SessionId.LENGTH + 1) + "A".repeat(32);
        String unknown = "A".repeat(SessionId.LENGTH) + token.substring(SessionId.LENGTH);

        assertThat(Meters.during(() -> Client.get("/read", "malformed")))
                .isEqualTo(Map.of(loads("rejected"), 1.0, rejected("malformed"), 1.0));
        assertThat(Meters.during(() -> Client.get("/read", forged)))
                .isEqualTo(Map.of(loads("rejected"), 1.0, rejected("wrong_secret"), 1.0, store("load", "success"), 1.0));
        assertThat(Meters.during(() -> Client.get("/read", unknown)))
                .isEqualTo(Map.of(loads("rejected"), 1.0, rejected("unknown"), 1.0, store("load", "success"), 1.0));
    }

    @Test
    void theStoreOfTheApplicationHasNoCountOfSessions() {
        assertThat(Meters.read()).isNotEmpty().doesNotContainKey(Meters.ACTIVE);
    }
}
