package io.quarkiverse.imsession.deployment;

import static io.quarkiverse.imsession.deployment.Meters.ACTIVE;
import static io.quarkiverse.imsession.deployment.Meters.SIZE;
import static io.quarkiverse.imsession.deployment.Meters.SIZES;
import static io.quarkiverse.imsession.deployment.Meters.commits;
import static io.quarkiverse.imsession.deployment.Meters.ended;
import static io.quarkiverse.imsession.deployment.Meters.loads;
import static io.quarkiverse.imsession.deployment.Meters.refused;
import static io.quarkiverse.imsession.deployment.Meters.store;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSessions;

class MemoryMetricsTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, Meters.class)
            .config("quarkus.imsession.references.\"seat\".max-sessions", "1")
            .config("quarkus.imsession.references.\"screen\".max-sessions", "1")
            .config("quarkus.imsession.references.\"screen\".on-limit", "destroy-oldest")
            .config("quarkus.otel.enabled", "false");

    @Inject
    ImSessions sessions;

    @Test
    void sessionsAreCountedAsTheyComeAndGo() {
        double before = Meters.read().get(ACTIVE);
        String token = Client.login("name", "anna");
        Client.login("name", "bob");
        assertThat(Meters.read()).containsEntry(ACTIVE, before + 2);
        Client.get("/destroy", token);
        assertThat(Meters.read()).containsEntry(ACTIVE, before + 1);
    }

    @Test
    void aSessionBeyondALimitIsNoFailureOfTheStore() {
        Client.login("seat", "1");
        assertThat(Meters.during(() -> Client.get("/set?seat=1", null).then().statusCode(409))).isEqualTo(Map.of(loads("none"),
                1.0, commits("create", "limit"), 1.0, store("create", "success"), 1.0, refused("limit"), 1.0));
    }

    @Test
    void aSessionThatLeavesItsPlaceToANewerOneHasEnded() {
        Client.login("screen", "1");
        assertThat(Meters.during(() -> Client.get("/set?screen=1", null).then().statusCode(200))).isEqualTo(Map.of(
                loads("none"), 1.0, commits("create", "stored"), 1.0, store("create", "success"), 1.0, ended("limit"), 1.0,
                SIZES, 1.0, SIZE, 9.0));
    }

    @Test
    void whatAdministrationDoesIsTimedAndWhatItEndsIsCounted() {
        Client.login("seat", "2");
        assertThat(Meters.during(() -> assertThat(sessions.count("seat", "2")).isEqualTo(1)))
                .isEqualTo(Map.of(store("find", "success"), 1.0));
        assertThat(Meters.during(() -> assertThat(sessions.destroyAll("seat", "2")).isEqualTo(1)))
                .isEqualTo(Map.of(store("destroy_all", "success"), 1.0, ended("administration"), 1.0, ACTIVE, -1.0));
    }
}
