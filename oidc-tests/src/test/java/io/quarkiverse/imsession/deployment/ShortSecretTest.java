package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Quarkus does not use a short secret of the client for what another instance has to know of a log-in. */
@Tag("further")
class ShortSecretTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.oidc.authentication.pkce-required", "true")
            .config("quarkus.oidc.credentials.secret", "short").logs(Level.WARNING,
                    lines -> assertThat(lines).anyMatch(line -> line.contains("set quarkus.oidc.authentication.state-secret")));

    @Test
    void startWarnsThatAnotherInstanceCannotEndALogIn() {
        assertThat(visitor().get("/who").body()).isEqualTo("- -");
    }
}
