package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

/** A provider that posts its answers, which come from another site. */
@Tag("further")
class FormPostTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.oidc.authentication.response-mode", "form_post")
            .config("quarkus.oidc.authentication.redirect-path", "/answer")
            .config("quarkus.oidc.authentication.restore-path-after-redirect", "true")
            .config("quarkus.imsession.csrf.mode", "both");

    @Test
    void visitorLogsInAndKeepsTheData() {
        tell("user", "ada");
        Visitor ada = visitor();
        ada.get("/data?cart=7");
        HttpResponse<String> page = logIn(ada, "/user");
        assertThat(page.body()).isEqualTo("ada ada [user]");
        assertThat(ada.cookies()).containsOnlyKeys("connsid");
        assertThat(ada.get("/data").body()).contains("cart=7");
    }

    @Test
    void userLogsInOnceMoreBesideTheSession() {
        tell("user", "ada");
        tell("authTime", Instant.now().getEpochSecond() - 3600);
        Visitor ada = visitor();
        logIn(ada, "/user");
        ada.get("/data?cart=7");
        String before = ada.cookies().get("connsid");
        assertThat(logIn(ada, "/fresh").body()).isEqualTo("ada");
        assertThat(ada.cookies().get("connsid")).isNotEqualTo(before);
        assertThat(ada.get("/data").body()).contains("cart=7");
    }

    @Test
    void otherFormsOfOtherSitesAreRefused() {
        tell("user", "ada");
        Visitor ada = visitor();
        assertThat(ada.postFromElsewhere("/answer", "code=x&state=x").statusCode()).as("without a log-in").isEqualTo(403);
        logIn(ada, "/user");
        ada.get("/fresh");
        tell("authTime", Instant.now().getEpochSecond() - 3600);
        assertThat(ada.postFromElsewhere("/fresh-post", "a=b").statusCode()).isEqualTo(403);
        assertThat(ada.postFromElsewhere("/answer", "code=x&state=x").statusCode()).isEqualTo(403);
    }

    @Test
    void answerWithAnotherStateLetsNobodyInAndEndsNothing() {
        tell("user", "ada");
        tell("authTime", Instant.now().getEpochSecond() - 3600);
        Visitor ada = visitor();
        logIn(ada, "/user");
        ada.get("/fresh");
        assertThat(ada.cookies()).as("with that of a log-in that goes on").hasSize(2);
        assertThat(ada.postFromElsewhere("/answer", "code=x&state=x").statusCode()).as("nothing is there").isEqualTo(404);
        assertThat(ada.get("/user").body()).isEqualTo("ada ada [user]");
    }

    private static HttpResponse<String> logIn(Visitor visitor, String path) {
        HttpResponse<String> asked = visitor.get(path);
        assertThat(asked.statusCode()).isEqualTo(302);
        HttpResponse<String> answered = visitor.submit(visitor.get(location(asked)));
        assertThat(answered.statusCode()).isEqualTo(302);
        assertThat(location(answered)).endsWith(path);
        return visitor.get(location(answered));
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }
}
