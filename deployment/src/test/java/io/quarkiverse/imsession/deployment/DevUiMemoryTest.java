package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.QuarkusDevModeTest;

class DevUiMemoryTest extends DevUiContract {

    private static final int PORT = RedisServer.freePort();

    @RegisterExtension
    static final QuarkusDevModeTest APP = app(PORT);

    DevUiMemoryTest() {
        super(PORT);
    }

    @Test
    void ofAGreatManySessionsOnlySomeAreLookedAtAndThatIsTold() {
        make(10_050);

        JsonNode list = list("", 0, 50);

        assertThat(list.get("complete").asBoolean()).isFalse();
        assertThat(list.get("total").asInt()).isEqualTo(10_000);
        assertThat(list.get("sessions")).hasSize(50);
        assertThat(devUi().call("count").asText()).isEqualTo("10000+");
    }

    @Test
    void thePagesAreServed() {
        String card = given().port(PORT).get("/q/dev-ui/extensions").then().statusCode(200).extract().asString();
        assertThat(card).isNotEmpty();
        for (String page : new String[] { "qwc-imsession-sessions.js", "qwc-imsession-settings.js" }) {
            given().port(PORT).get("/q/dev-ui/quarkus-imsession/" + page).then().statusCode(200);
        }
    }
}
