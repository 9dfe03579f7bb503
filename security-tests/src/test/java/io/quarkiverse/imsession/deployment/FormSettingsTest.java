package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Settings of the cookie that does not exist any more. */
class FormSettingsTest extends FormContract {

    @RegisterExtension
    static final TestApp APP = app()
            .config("quarkus.http.auth.form.timeout", "5M")
            .config("quarkus.http.auth.form.http-only-cookie", "true")
            .config("quarkus.http.auth.form.cookie-path", "/")
            .logs(Level.WARNING, lines -> assertThat(lines).singleElement().asString()
                    .contains("quarkus.http.auth.form.timeout, quarkus.http.auth.form.http-only-cookie have no effect",
                            "quarkus.imsession.timeout"));

    @Test
    void settingsWithoutEffectAreNamedAndNothingElseIs() {
        assertThat(ada().cookies()).containsOnlyKeys("connsid");
    }
}
