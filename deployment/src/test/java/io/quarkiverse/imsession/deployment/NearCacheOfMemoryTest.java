package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The near cache is switched on, and sessions are in memory anyway. */
class NearCacheOfMemoryTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class).config("quarkus.imsession.near-cache.enabled", "true")
            .logs(Level.WARNING, log -> assertThat(log).isEmpty());

    @Test
    void settingChangesNothing() {
        String token = Client.login("name", "anna");
        assertThat(token).matches("[\\w-]{22}\\.[\\w-]{32}");
        Client.get("/read", token).then().body(equalTo("{name=anna}"));
        assertThat(Client.token(Client.get("/set?name=bert", token))).isEqualTo(token);
    }

    /** As it was when sessions were in Redis. */
    @Test
    void tokenWithAVersionIsAccepted() {
        Client.get("/read", Client.login("name", "anna") + ".1f").then().body(equalTo("{name=anna}"));
    }
}
