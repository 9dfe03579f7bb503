package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

@Tag("further")
class OidcSplitTakeOverTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app(OldOidcCookie.class)
            .config("quarkus.oidc.token-state-manager.split-tokens", "true")
            .config("quarkus.imsession.security.quarkus-cookies", "take-over")
            .logs(Level.WARNING, lines -> assertThat(lines).noneMatch(line -> line.contains("split-tokens")));

    @Test
    void cookiesOfSeveralTokensBecomeOneSession() {
        tell("user", "bob");
        Visitor bob = visitor();
        bob.cookies().putAll(OldOidcCookie.split(provider()));
        assertThat(bob.get("/tokens").body()).isEqualTo("bob bob Default true true true");
        assertThat(bob.cookies()).containsOnlyKeys("connsid");
        assertThat(bob.get("/tokens").body()).isEqualTo("bob bob Default true true true");
    }
}
