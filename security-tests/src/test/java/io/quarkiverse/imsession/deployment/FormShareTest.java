package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

/** Log-ins by the form stay in its cookie, which instances without sessions know. */
class FormShareTest extends FormContract {

    private static final int REQUESTS = 20;

    @RegisterExtension
    static final TestApp APP = app(CookieMechanism.class)
            .config("quarkus.imsession.security.quarkus-cookies", "share")
            .config("quarkus.imsession.exclude-paths", "/by-policy/*")
            .config("quarkus.http.auth.permission.excluded.paths", "/by-policy/user")
            .config("quarkus.http.auth.permission.excluded.policy", "authenticated")
            .config("quarkus.http.auth.permission.form.paths", "/form/by-policy")
            .config("quarkus.http.auth.permission.form.policy", "authenticated")
            .config("quarkus.http.auth.permission.form.auth-mechanism", "form");

    @Test
    void cookieLogsInAndStays() {
        Visitor bob = withOldCookie("bob");
        assertThat(bob.get("/user").body()).isEqualTo("bob");
        assertThat(bob.get("/form/by-policy").body()).isEqualTo("bob");
        assertThat(bob.get("/by-policy/user").statusCode()).isEqualTo(200);
        assertThat(visitor().get("/by-policy/user").statusCode()).isEqualTo(302);
        assertThat(bob.cookies()).containsKey(FORM_COOKIE);
    }

    @Test
    void logInSetsTheCookieAndLogOutRemovesIt() {
        Visitor ada = ada();
        assertThat(ada.cookies()).containsOnlyKeys(FORM_COOKIE);
        assertThat(ada.get("/who").body()).isEqualTo("ada[admin, author]");
        ada.post("/form/logout", "");
        assertThat(ada.cookies()).doesNotContainKey(FORM_COOKIE);
        assertThat(ada.get("/who").body()).isEqualTo("-");
    }

    @Test
    void logInOfTheSessionCountsMoreThanACookie() {
        Visitor ada = visitor();
        ada.get("/login?user=ada&roles=admin");
        ada.cookies().put(FORM_COOKIE, oldCookie("bob"));
        assertThat(ada.get("/user").body()).isEqualTo("ada");
        assertThat(ada.cookies()).containsOnlyKeys("connsid");
    }

    @Test
    void otherUserFindsNothingOfTheFirst() {
        Visitor browser = withOldCookie("bob");
        browser.get("/user");
        browser.get("/set?field=cart&value=7");
        assertThat(browser.get("/get?field=cart").body()).isEqualTo("7");
        browser.cookies().put(FORM_COOKIE, oldCookie("ada"));
        browser.get("/user");
        assertThat(browser.get("/get?field=cart").body()).isEqualTo("-");
    }

    @Test
    void logInByAMechanismOfTheApplicationRenewsTheTokenOfAVisitor() {
        Visitor browser = visitor();
        browser.get("/set?field=cart&value=7");
        Visitor planted = browser.at(address());
        browser.cookies().put(CookieMechanism.COOKIE, "carl");
        assertThat(browser.get("/get?field=cart").body()).isEqualTo("7");
        assertThat(browser.cookies().get("connsid")).isNotEqualTo(planted.cookies().get("connsid"));
        assertThat(planted.get("/get?field=cart").body()).isEqualTo("-");
    }

    @Test
    void parallelRequestsWithTheDataOfAVisitorSucceed() {
        Visitor browser = visitor();
        browser.get("/set?field=cart&value=7");
        browser.cookies().put(FORM_COOKIE, oldCookie("bob"));
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            responses.add(browser.getLater("/user"));
        }
        responses.forEach(response -> assertThat(response.join().statusCode()).isEqualTo(200));
    }
}
