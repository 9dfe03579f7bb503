package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

/** Static pages that a policy guards, as in Quarkus' guide. */
class FormStaticFilesTest extends FormContract {

    @RegisterExtension
    static final TestApp APP = app()
            .resource("META-INF/resources/index.html", "Welcome")
            .resource("META-INF/resources/reports/all.html", "Reports")
            .resource("META-INF/resources/login.html", "Log in")
            .resource("META-INF/resources/css/site.css", "a {}")
            .config("quarkus.http.auth.permission.pages.paths", "/*")
            .config("quarkus.http.auth.permission.pages.policy", "authenticated")
            .config("quarkus.http.auth.permission.public.paths", "/login.html,/css/*,/who,/set,/get")
            .config("quarkus.http.auth.permission.public.policy", "permit");

    @Test
    void pageThatAPolicyGuardsKnowsTheUserOfTheForm() {
        for (String path : new String[] { "/index.html", "/reports/all.html" }) {
            Visitor visitor = visitor();
            assertSendsToForm(visitor.get(path));
            HttpResponse<String> back = logIn(visitor, "ada", "lovelace");
            assertThat(back.headers().firstValue("Location").orElseThrow()).endsWith(path);
            assertThat(visitor.get(path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void fileThatAllMayReadIsReadWithoutALogIn() {
        Visitor visitor = visitor();
        for (String path : new String[] { "/login.html", "/css/site.css" }) {
            HttpResponse<String> response = visitor.get(path);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
        }
    }
}
