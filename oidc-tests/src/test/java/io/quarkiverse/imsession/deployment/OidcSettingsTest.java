package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Browsers would not send a strict cookie with the answer of the provider. */
class OidcSettingsTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.imsession.cookie.same-site", "strict")
            .failsWith("quarkus.imsession.cookie.same-site", "use lax");

    @Override
    void reset() {
        // There is no application.
    }

    @Test
    void strictCookieIsRefused() {
        fail();
    }
}
