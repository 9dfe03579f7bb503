package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.oidc.runtime.DefaultTokenStateManager;

/** An application that keeps the tokens of OIDC on its own goes on doing so. */
@Tag("further")
class OtherTokenStateManagerTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app(Own.class).logs(Level.WARNING,
            lines -> assertThat(lines).anyMatch(line -> line.contains("OidcAuthenticationMechanism keeps log-ins outside")));

    @Test
    void logInIsNoneOfTheSession() {
        tell("user", "ada");
        Visitor visitor = visitor();
        assertThat(visitor.visit("/who").body()).isEqualTo("- -");
        assertThat(visitor.visit("/user").body()).isEqualTo("ada - [user]");
        assertThat(visitor.cookies()).containsKey("q_session").doesNotContainKey("connsid");
    }

    @Singleton
    @Alternative
    @Priority(1)
    public static class Own extends DefaultTokenStateManager {
    }
}
