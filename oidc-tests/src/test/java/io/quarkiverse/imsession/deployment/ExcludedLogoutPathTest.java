package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A user could not log out. */
class ExcludedLogoutPathTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.imsession.exclude-paths", "/logout")
            .failsWith("quarkus.oidc.logout.path is /logout", "quarkus.imsession.exclude-paths include /logout");

    @Override
    void reset() {
        // There is no application.
    }

    @Test
    void logOutWithoutSessionsIsRefused() {
        fail();
    }
}
