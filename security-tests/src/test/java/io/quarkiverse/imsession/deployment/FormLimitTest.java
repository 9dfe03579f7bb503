package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

class FormLimitTest extends FormContract {

    @RegisterExtension
    static final TestApp APP = app()
            .config("quarkus.imsession.references.principal.max-sessions", "2")
            .config("quarkus.imsession.references.principal.on-limit", "destroy-oldest");

    @Test
    void logInTooManyEndsTheOldestOfTheUser() {
        Visitor first = ada();
        Visitor second = ada();
        Visitor bob = loggedIn(visitor(), "bob", "bobby");
        Visitor third = ada();
        assertThat(first.get("/who").body()).isEqualTo("-");
        assertThat(second.get("/who").body()).startsWith("ada");
        assertThat(third.get("/who").body()).startsWith("ada");
        assertThat(bob.get("/who").body()).startsWith("bob");
    }
}
