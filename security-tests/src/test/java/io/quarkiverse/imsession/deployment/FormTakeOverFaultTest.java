package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.deployment.FaultyStore.Fault;
import io.quarkiverse.imsession.test.Visitor;

/** A store that is out of order while cookies of the form become sessions. */
class FormTakeOverFaultTest extends FormContract {

    @RegisterExtension
    static final TestApp APP = app(FaultyStore.class).config("quarkus.imsession.security.quarkus-cookies", "take-over");

    @Inject
    FaultyStore store;

    @Test
    void nobodyIsLoggedOutByAStoreThatFails() {
        Visitor bob = withOldCookie("bob");
        store.with(Fault.COMMIT, () -> assertThat(bob.get("/user").statusCode()).isEqualTo(503));
        assertThat(bob.cookies()).containsOnlyKeys(FORM_COOKIE);
        assertThat(bob.get("/user").body()).isEqualTo("bob");
        assertThat(bob.cookies()).containsOnlyKeys("connsid");
    }

    @Test
    void nobodyIsLoggedOutByALimit() {
        Visitor bob = withOldCookie("bob");
        store.with(Fault.LIMIT, () -> assertThat(bob.get("/user").statusCode()).isEqualTo(409));
        assertThat(bob.get("/user").body()).isEqualTo("bob");
    }
}
