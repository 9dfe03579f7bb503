package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

/** A cookie that the form has set before the extension was added. */
class StolenFormCookieTest extends FormContract {

    @RegisterExtension
    static final TestApp APP = app()
            .config("quarkus.imsession.exclude-paths", "/by-policy/*")
            .config("quarkus.http.auth.permission.excluded.paths", "/by-policy/user")
            .config("quarkus.http.auth.permission.excluded.policy", "authenticated");

    @Test
    void cookieOfFormerTimesOpensNothingAndIsTakenAway() {
        Visitor thief = visitor();
        thief.cookies().put(FORM_COOKIE, oldCookie("bob"));
        HttpResponse<String> response = thief.get("/who");
        assertThat(response.body()).isEqualTo("-");
        assertThat(response.headers().allValues("Set-Cookie")).containsExactly(FORM_COOKIE + "=; Max-Age=0; Path=/");
        thief.cookies().put(FORM_COOKIE, oldCookie("bob"));
        assertSendsToForm(thief.get("/user"));
    }

    @Test
    void cookieOfFormerTimesOpensNothingWherePathsHaveNoSessions() {
        Visitor thief = visitor();
        thief.cookies().put(FORM_COOKIE, oldCookie("bob"));
        HttpResponse<String> response = thief.get("/by-policy/user");
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie).startsWith(FORM_COOKIE + "=;").contains("Max-Age=0", "Path=/"));
        assertThat(thief.cookies()).doesNotContainKey(FORM_COOKIE);
    }

    @Test
    void cookieOfFormerTimesDoesNotDisturbTheSession() {
        Visitor ada = ada();
        for (String cookie : List.of(oldCookie("bob"), "rubbish")) {
            ada.cookies().put(FORM_COOKIE, cookie);
            assertThat(ada.get("/who").body()).startsWith("ada");
            assertThat(ada.cookies()).doesNotContainKey(FORM_COOKIE);
        }
    }

    @Test
    void nobodyLogsInOnAPathWithoutSessions() {
        Visitor visitor = visitor();
        HttpResponse<String> response = visitor.post("/by-policy/j_security_check", "j_username=ada&j_password=lovelace");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(visitor.cookies()).isEmpty();
    }
}
