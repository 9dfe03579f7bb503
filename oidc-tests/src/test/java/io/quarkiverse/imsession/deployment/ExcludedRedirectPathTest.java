package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A user could not log in. */
class ExcludedRedirectPathTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.oidc.authentication.redirect-path", "/answer")
            .config("quarkus.imsession.exclude-paths", "/answer")
            .failsWith("quarkus.oidc.authentication.redirect-path is /answer",
                    "quarkus.imsession.exclude-paths include /answer");

    @Override
    void reset() {
        // There is no application.
    }

    @Test
    void answersWithoutSessionsAreRefused() {
        fail();
    }
}
