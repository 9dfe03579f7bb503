package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DevicesActingTest extends DevicesContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.imsession.acting.roles", "support");

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
}
