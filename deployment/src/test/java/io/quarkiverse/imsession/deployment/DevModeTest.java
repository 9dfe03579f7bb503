package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.response.Response;

class DevModeTest {

    private static final int PORT = RedisServer.freePort();

    @RegisterExtension
    static final QuarkusDevModeTest APP = new QuarkusDevModeTest().withApplicationRoot(jar -> jar
            .addClasses(ReloadedResource.class)
            .addAsResource(new StringAsset("quarkus.http.port=" + PORT + "\nquarkus.devservices.enabled=false\n"),
                    "application.properties"));

    @Test
    void sessionsWorkBeforeDuringAndAfterReloads() {
        String token = assertSession(get(null), "views: 1");
        assertSession(get(token), "views: 2");

        for (String word : new String[] { "seen", "looked at" }) {
            String before = word.equals("seen") ? "views" : "seen";
            APP.modifySourceFile(ReloadedResource.class, source -> source.replace("\"" + before + ": ", "\"" + word + ": "));

            // The memory store is as new as the application: the old token is none.
            String reloaded = assertSession(get(token), word + ": 1");
            assertThat(reloaded).isNotEqualTo(token);
            assertSession(get(reloaded), word + ": 2");
            assertSession(get(null), word + ": 1");
            token = reloaded;
        }
    }

    private static Response get(String token) {
        return (token == null ? given() : given().header("Cookie", Client.COOKIE + "=" + token)).port(PORT).get("/views");
    }

    private static String assertSession(Response response, String body) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.asString()).isEqualTo(body);
        return Client.token(response);
    }
}
