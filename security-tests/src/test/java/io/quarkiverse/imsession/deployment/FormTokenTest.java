package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

/** The body of the form is read for its token, and then by the mechanism. */
class FormTokenTest extends FormContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.imsession.csrf.mode", "token")
            .config("quarkus.imsession.form.remember-parameter", "stay");

    @Test
    void visitorWithASessionNeedsATokenInTheForm() {
        Visitor visitor = visitor();
        visitor.get("/set?field=cart&value=tea");
        assertThat(logIn(visitor, "ada", "lovelace").statusCode()).isEqualTo(403);
        assertThat(visitor.get("/who").body()).isEqualTo("-");

        String token = visitor.get("/csrf").body();
        HttpResponse<String> response = visitor.post("/j_security_check",
                "j_username=ada&stay=on&csrf-token=" + token + "&j_password=lovelace");
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=2592000");
        assertThat(visitor.get("/who").body()).startsWith("ada");
        assertThat(visitor.get("/get?field=cart").body()).isEqualTo("tea");
    }

    @Test
    void visitorWithoutASessionNeedsNone() {
        assertThat(ada().cookies()).containsOnlyKeys("connsid");
    }
}
