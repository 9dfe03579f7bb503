package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import jakarta.enterprise.event.Observes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.vertx.http.security.Form;
import io.quarkus.vertx.http.security.HttpSecurity;

/** A form that the application makes in code, which nothing tells before it is used. */
class FormInCodeTest extends FormContract {

    @RegisterExtension
    static final TestApp APP = app(Made.class).config("quarkus.http.auth.form.enabled", "false")
            .logs(Level.WARNING, lines -> assertThat(lines).singleElement().asString()
                    .contains("FormAuthenticationMechanism keeps log-ins outside of the session"));

    @Test
    void sessionIsThatOfItsUserAndEndsWithTheNext() {
        Visitor visitor = visitor();
        visitor.get("/set?field=cart&value=tea");
        Visitor thief = visitor.at(address());
        logIn(visitor, "ada", "lovelace");
        assertThat(visitor.cookies()).containsKey(FORM_COOKIE);
        assertThat(visitor.get("/user").body()).isEqualTo("ada");
        assertThat(visitor.get("/get?field=cart").body()).isEqualTo("tea");
        assertThat(thief.get("/get?field=cart").body()).isEqualTo("-");
        logIn(visitor, "bob", "bobby");
        assertThat(visitor.get("/user").body()).isEqualTo("bob");
        assertThat(visitor.get("/get?field=cart").body()).isEqualTo("-");
    }

    public static class Made {

        void make(@Observes HttpSecurity security) {
            security.mechanism(Form.create());
        }
    }
}
