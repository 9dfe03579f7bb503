package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

/** The access log finds its request by a cookie that only Quarkus' own request has. */
@Tag("further")
class OidcAccessLogTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app()
            .config("quarkus.http.access-log.enabled", "true")
            .config("quarkus.http.access-log.pattern", "access: %m %U %s")
            .logs(Level.INFO, OidcAccessLogTest::requestsAreLogged);

    private static void requestsAreLogged(List<String> lines) {
        assertThat(lines).contains("access: GET /user 302", "access: GET /user 200");
    }

    @Test
    void userLogsInThoughThereIsAnAccessLog() {
        Visitor ada = loggedIn("ada");
        assertThat(ada.get("/user").statusCode()).isEqualTo(200);
    }
}
