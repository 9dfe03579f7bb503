package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

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

    @Override
    Stream<Promise> promises() {
        return Stream.concat(super.promises(), Stream.of(
                new Promise("ofAGreatManySessionsOnlySomeAreLookedAtAndThatIsTold", this::many),
                new Promise("thePagesAreServed", this::pagesAreServed)));
    }

    private void many() {
        make(10_050);

        JsonNode list = list("", 0, 50);

        assertThat(list.get("complete").asBoolean()).isFalse();
        assertThat(list.get("total").asInt()).isEqualTo(10_000);
        assertThat(list.get("sessions")).hasSize(50);
        assertThat(devUi().call("count").asText()).isEqualTo("10000+");
    }

    private void pagesAreServed() {
        for (String page : new String[] { "qwc-imsession-sessions.js", "qwc-imsession-settings.js", "imsession-styles.js",
                "imsession-text.js" }) {
            given().port(PORT).get("/q/dev-ui/quarkus-imsession/" + page).then().statusCode(200);
        }
    }
}
