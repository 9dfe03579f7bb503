package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The answer of the provider could not be told from other forms. */
@Tag("further")
class FormPostSettingsTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.oidc.authentication.response-mode", "form_post")
            .failsWith("quarkus.oidc.authentication.response-mode", "set quarkus.oidc.authentication.redirect-path");

    @Override
    void reset() {
        // There is no application.
    }

    @Test
    void answersWithoutAPathAreRefused() {
        fail();
    }
}
