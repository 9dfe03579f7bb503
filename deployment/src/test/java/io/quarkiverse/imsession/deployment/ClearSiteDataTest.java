package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.response.Response;

class ClearSiteDataTest {

    private static final String HEADER = "Clear-Site-Data";

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, ClearingRoutes.class)
            .config("quarkus.imsession.clear-site-data", "cache,storage,cache");

    @Test
    void theEndOfTheSessionClearsWhatIsConfigured() {
        Response ended = Client.get("/destroy", Client.login("name", "anna"));

        assertThat(ended.headers().getValues(HEADER)).containsExactly("\"cache\", \"storage\"");
        assertThat(Client.token(ended)).isEmpty();
    }

    @Test
    void nothingElseClearsAnything() {
        String token = Client.login("name", "anna");

        assertThat(Client.get("/set?name=anna", null).header(HEADER)).isNull();
        assertThat(Client.get("/read", token).header(HEADER)).isNull();
        assertThat(Client.get("/destroy", null).header(HEADER)).isNull();
        Response replaced = Client.get("/replace?name=bert", token);
        assertThat(Client.token(replaced)).isNotEmpty();
        assertThat(replaced.header(HEADER)).isNull();
    }

    @Test
    void theApplicationsOwnHeaderWins() {
        Response ended = Client.get("/destroy-and-clear", Client.login("name", "anna"));

        assertThat(ended.headers().getValues(HEADER)).containsExactly("\"*\"");
    }
}
