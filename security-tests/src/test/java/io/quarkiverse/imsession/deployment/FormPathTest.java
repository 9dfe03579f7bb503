package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.annotation.FormAuthentication;

/** Paths that ask for the form alone, for the session alone, or for a password. */
class FormPathTest extends FormContract {

    @RegisterExtension
    static final TestApp APP = app(FormOnly.class)
            .config("quarkus.http.auth.proactive", "false")
            .config("quarkus.http.auth.basic", "true")
            .config("quarkus.http.auth.permission.form.paths", "/form/by-policy")
            .config("quarkus.http.auth.permission.form.policy", "authenticated")
            .config("quarkus.http.auth.permission.form.auth-mechanism", "form")
            .config("quarkus.http.auth.permission.session.paths", "/by-policy/user")
            .config("quarkus.http.auth.permission.session.policy", "authenticated")
            .config("quarkus.http.auth.permission.session.auth-mechanism", "session")
            .config("quarkus.http.auth.permission.basic.paths", "/by-policy/admin")
            .config("quarkus.http.auth.permission.basic.policy", "authenticated")
            .config("quarkus.http.auth.permission.basic.auth-mechanism", "basic");

    @Test
    void pathThatAsksForTheFormKnowsItsUsersAndSendsOthersThere() {
        for (String path : new String[] { "/form/by-policy", "/form-only" }) {
            Visitor visitor = visitor();
            assertSendsToForm(visitor.get(path));
            logIn(visitor, "ada", "lovelace");
            assertThat(visitor.get(path).body()).isEqualTo("ada");
        }
    }

    @Test
    void logInByTheApplicationItselfIsNoneOfTheForm() {
        Visitor visitor = visitor();
        visitor.get("/login?user=ada");
        assertThat(visitor.get("/user").body()).isEqualTo("ada");
        assertSendsToForm(visitor.get("/form/by-policy"));
        assertSendsToForm(visitor.get("/form-only"));
    }

    @Test
    void passwordOfTheRequestIsNoLogInOfTheForm() {
        given().redirects().follow(false).auth().preemptive().basic("ada", "lovelace").get("/form/by-policy").then()
                .statusCode(302);
        given().redirects().follow(false).auth().preemptive().basic("ada", "lovelace").get("/by-policy/admin").then()
                .statusCode(200);
    }

    @Test
    void pathThatAsksForTheSessionKnowsUsersOfTheFormAndSendsOthersThere() {
        Visitor visitor = visitor();
        assertSendsToForm(visitor.get("/by-policy/user"));
        logIn(visitor, "ada", "lovelace");
        assertThat(visitor.get("/by-policy/user").statusCode()).isEqualTo(200);
    }

    @Test
    void pathThatAsksForAPasswordDoesNotKnowUsersOfTheForm() {
        assertThat(ada().get("/by-policy/admin").statusCode()).isEqualTo(401);
    }

    @Path("/form-only")
    public static class FormOnly {

        private final SecurityIdentity identity;

        FormOnly(SecurityIdentity identity) {
            this.identity = identity;
        }

        @GET
        @FormAuthentication
        public String form() {
            return identity.getPrincipal().getName();
        }
    }
}
