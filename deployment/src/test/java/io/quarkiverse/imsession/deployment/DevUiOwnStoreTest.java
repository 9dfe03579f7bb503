package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.QuarkusDevModeTest;

@Tag("further")
class DevUiOwnStoreTest {

    private static final int PORT = RedisServer.freePort();

    @RegisterExtension
    static final QuarkusDevModeTest APP = new QuarkusDevModeTest().withApplicationRoot(jar -> jar
            .addClasses(DevUiRoutes.class, RecordingStore.class)
            .addAsResource(new StringAsset("quarkus.http.port=" + PORT + "\nquarkus.devservices.enabled=false\n"),
                    "application.properties"));

    private final DevUi devUi = new DevUi(PORT);

    @Test
    void aStoreThatDoesNotListSessionsShowsAndEndsThemById() {
        String token = Client.token(given().port(PORT).get("/visit?user=ann"));
        String id = token.substring(0, token.indexOf('.'));

        JsonNode all = list("");
        assertThat(all.get("listable").asBoolean()).isFalse();
        assertThat(all.get("sessions")).isEmpty();
        assertThat(devUi.call("count").asText()).isEmpty();
        assertThat(devUi.failure("destroyEverySession", Map.of())).contains("RecordingStore").contains("IndexedSessionStore");

        assertThat(list(id).get("sessions").findValuesAsText("id")).containsExactly(id);
        assertThat(devUi.call("get", Map.of("id", id)).get("data").asText()).contains("ann");
        assertThat(devUi.call("destroy", Map.of("id", id)).asBoolean()).isTrue();
        assertThat(list(id).get("sessions")).isEmpty();
    }

    private JsonNode list(String search) {
        return devUi.call("list", Map.of("search", search, "offset", 0, "size", 50));
    }
}
