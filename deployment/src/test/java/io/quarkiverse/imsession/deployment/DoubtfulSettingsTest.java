package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DoubtfulSettingsTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class)
            .config("quarkus.imsession.timeout", "30")
            .config("quarkus.imsession.absolute-timeout", "20")
            .config("quarkus.http.cors.enabled", "true")
            .config("quarkus.http.cors.origins", "*")
            .config("quarkus.http.cors.access-control-allow-credentials", "true")
            .config("quarkus.imsession.near-cache.enabled", "true")
            .config("quarkus.imsession.near-cache.max-silence", "1H")
            .config("quarkus.imsession.near-cache.max-size", "64")
            .logs(Level.WARNING, DoubtfulSettingsTest::eachIsToldOnce);

    /** Checked when the application has ended. */
    private static void eachIsToldOnce(List<String> lines) {
        assertThat(lines).filteredOn(line -> line.startsWith("quarkus.")).containsExactly(
                "quarkus.imsession.timeout is PT30S: a session ends after that time without use. If this is not meant: a number"
                        + " without a unit is seconds, so write 30M for half an hour.",
                "quarkus.imsession.absolute-timeout is PT20S: each session ends so long after its creation. If this is not meant:"
                        + " a number without a unit is seconds, so write 12H for twelve hours.",
                "quarkus.imsession.absolute-timeout is PT20S: quarkus.imsession.timeout, which is longer (PT30S), ends no"
                        + " session. If this is not meant: set a shorter timeout, or a longer absolute one.",
                "quarkus.imsession.near-cache.max-silence is PT1H: while the network hangs, a session that was ended elsewhere can"
                        + " be used for that long. If this is not meant: a number without a unit is seconds, so write 1S.",
                "quarkus.imsession.near-cache.max-size is 64 bytes: hardly any session is kept. If this is not meant: a number"
                        + " without a unit is bytes, so write 64M.",
                "quarkus.http.cors.access-control-allow-credentials is true and quarkus.http.cors.origins allows all: pages of any"
                        + " site can read what the application shows to its users. If this is not meant: name the origins, such"
                        + " as https://app.example.org.");
    }

    @Test
    void settingsThatAreHardlyMeantAreWarnedOfAtTheStart() {
        Client.get("/read", null).then().statusCode(200).body(equalTo("no session"));
    }
}
