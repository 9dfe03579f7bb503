package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.path.json.JsonPath;

class DevicesActingTest extends DevicesContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.imsession.acting.roles", "support")
            .config("quarkus.imsession.journal.enabled", "true").config("quarkus.imsession.devices.page-size", "3");

    @Test
    void usersSeeWhoActsForThem() {
        String sue = Client.token(given().post("/enter/support?user=sue"));
        Client.token(Client.request(sue).post("/enter/for?user=ada"));
        String ada = enter("ada");
        assertThat(Client.get("/account/devices", ada).asString()).containsOnlyOnce("sue acts for you here");
        assertThat(Client.request(ada).header("Accept-Language", "de").get("/account/devices").asString())
                .contains("sue handelt hier für Sie");
        ownPage(ada).accept("application/json").get("/account/devices").then().body("devices.findAll { it.actor }.actor",
                contains("sue"));
    }

    @Test
    void usersSeeTheNewestEntriesOfTheirJournalInTheirLanguage() {
        String bob = enter("bob");
        enter("eve");
        for (int i = 0; i < 4; i++) {
            enter("bob");
        }
        String sue = Client.token(given().post("/enter/support?user=sue"));
        String acting = Client.token(Client.request(sue).header("User-Agent", FIREFOX).post("/enter/for?user=bob"));
        JsonPath seenBySupport = ownPage(acting).accept("application/json").get("/account/devices").jsonPath();
        ownPage(bob).header("User-Agent", FIREFOX).accept("application/json").delete("/account/devices/" + id(acting)).then()
                .statusCode(204);
        String renewed = Client.token(Client.request(bob).header("User-Agent", FIREFOX).post("/enter?user=bob"));

        assertThat(seenBySupport.getList("journal.kind")).containsExactly("ACTED_FOR", "LOGGED_IN", "LOGGED_IN");
        JsonPath json = ownPage(renewed).accept("application/json").get("/account/devices").jsonPath();
        assertThat(json.getList("journal.kind")).containsExactly("RENEWED", "ENDED", "ACTED_FOR");
        assertThat(json.getList("journal.cause")).containsExactly("REQUEST", "ADMINISTRATION", "REQUEST");
        assertThat(json.getList("journal.session")).containsExactly(id(bob), id(acting), id(acting));
        assertThat(json.getList("journal.current")).containsExactly(true, false, false);
        assertThat(json.getList("journal.actor")).containsExactly(null, null, "sue");
        assertThat(json.getList("journal.system")).as("where the session was ended, too").containsExactly("Linux", "Linux",
                "Linux");

        assertThat(Client.get("/account/devices", renewed).asString())
                .containsSubsequence("<h2 id=\"journal\">What happened</h2>",
                        "<h3>Log-in renewed <span class=\"badge\">This device</span></h3>", "<dd>Firefox on Linux</dd>",
                        "<h3>Logged out from elsewhere</h3>", "<h3>Somebody began to act for you</h3>",
                        "<dt>Acting for you</dt><dd>sue</dd>", "</ol>")
                .doesNotContain("NOT_FOUND", "eve");
        assertThat(Client.request(renewed).header("Accept-Language", "de").get("/account/devices").asString())
                .containsSubsequence("Was geschehen ist", "Anmeldung erneuert", "Von anderswo abgemeldet",
                        "Jemand begann, für Sie zu handeln");

        String next = json.getString("next");
        JsonPath later = ownPage(renewed).accept("application/json").queryParam("after", next).get("/account/devices")
                .jsonPath();
        assertThat(later.getList("devices")).isNotEmpty();
        assertThat(later.getMap("")).as("the first page has told it").doesNotContainKey("journal");
        assertThat(Client.request(renewed).queryParam("after", next).get("/account/devices").asString())
                .doesNotContain("What happened");
    }

    @Test
    void usersSeeThatWhoActedForThemHasEndedTheirSessions() {
        String carl = enter("carl");
        String other = enter("carl");
        String sue = Client.token(given().post("/enter/support?user=sue"));
        String acting = Client.token(Client.request(sue).post("/enter/for?user=carl"));
        ownPage(acting).accept("application/json").delete("/account/devices/" + id(carl)).then().statusCode(204);
        ownPage(acting).accept("application/json").post("/account/devices/end-others").then().statusCode(200);
        String again = enter("carl");
        JsonPath json = ownPage(again).accept("application/json").get("/account/devices").jsonPath();
        assertThat(json.getList("journal.kind")).containsExactly("LOGGED_IN", "ENDED", "ENDED");
        assertThat(json.getList("journal.session")).containsExactly(id(again), id(other), id(carl));
        assertThat(json.getList("journal.actor")).containsExactly(null, "sue", "sue");
    }
}
