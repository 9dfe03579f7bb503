package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.nullValue;

import java.net.http.HttpResponse;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.test.Visitor;

abstract class FormLoginTests extends FormContract {

    @Inject
    ImSessions sessions;

    @Test
    void logInByTheFormIsOneOfTheSessionWithRolesAndNoOtherCookie() {
        Visitor ada = visitor();
        HttpResponse<String> response = logIn(ada, "ada", "lovelace");
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location").orElseThrow()).endsWith("/index.html");
        assertThat(response.headers().allValues("Set-Cookie")).singleElement().asString().startsWith("connsid=")
                .contains("HttpOnly");
        assertThat(ada.cookies()).containsOnlyKeys("connsid");

        assertThat(ada.get("/who").body()).isEqualTo("ada[admin, author]");
        assertThat(ada.get("/get?field=principal").body()).isEqualTo("ada");
        assertThat(ada.get("/admin").statusCode()).isEqualTo(200);
        assertThat(ada.get("/user").headers().allValues("Set-Cookie")).isEmpty();
        assertThat(loggedIn(visitor(), "bob", "bobby").get("/admin").statusCode()).isEqualTo(403);
    }

    @Test
    void visitorIsSentToTheFormAndComesBackToThePage() {
        Visitor visitor = visitor();
        assertSendsToForm(visitor.get("/user?a=b"));
        assertThat(visitor.cookies()).containsOnlyKeys(LOCATION_COOKIE);
        HttpResponse<String> back = logIn(visitor, "ada", "lovelace");
        assertThat(back.statusCode()).isEqualTo(302);
        assertThat(back.headers().firstValue("Location").orElseThrow()).endsWith("/user?a=b");
        assertThat(visitor.cookies()).containsOnlyKeys("connsid");
        assertThat(visitor.visit("/user?a=b").body()).isEqualTo("ada");
    }

    @Test
    void wrongPasswordShowsTheErrorPageAndLeavesTheSessionAlone() {
        Visitor visitor = visitor();
        visitor.get("/set?field=cart&value=tea");
        String before = visitor.cookies().get("connsid");
        for (String body : new String[] { "j_username=ada&j_password=wrong", "j_username=nobody&j_password=x" }) {
            HttpResponse<String> response = visitor.post("/j_security_check", body);
            assertThat(response.statusCode()).isEqualTo(302);
            assertThat(response.headers().firstValue("Location").orElseThrow()).endsWith("/error.html");
            assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
        }
        assertThat(visitor.cookies().get("connsid")).isEqualTo(before);
        assertThat(visitor.get("/get?field=cart").body()).isEqualTo("tea");
        assertThat(visitor.get("/who").body()).isEqualTo("-");
    }

    @Test
    void formWithoutAPasswordLogsNobodyIn() {
        for (String body : new String[] { "", "j_username=ada", "j_password=lovelace", "x=%zz" }) {
            Visitor visitor = visitor();
            assertThat(visitor.post("/j_security_check", body).statusCode()).isLessThan(500);
            assertThat(visitor.cookies()).isEmpty();
        }
    }

    @Test
    void visitorKeepsTheDataAndGetsANewToken() {
        Visitor visitor = visitor();
        visitor.get("/set?field=cart&value=tea");
        Visitor thief = visitor.at(address());
        loggedIn(visitor, "ada", "lovelace");
        assertThat(visitor.get("/get?field=cart").body()).isEqualTo("tea");
        assertThat(thief.get("/get?field=cart").body()).isEqualTo("-");
        assertThat(thief.get("/who").body()).isEqualTo("-");
    }

    @Test
    void anotherUserFindsNothingOfTheFirst() {
        Visitor visitor = ada();
        visitor.get("/set?field=cart&value=tea");
        Visitor other = visitor.at(address());
        loggedIn(visitor, "bob", "bobby");
        assertThat(visitor.get("/get?field=cart").body()).isEqualTo("-");
        assertThat(visitor.get("/who").body()).isEqualTo("bob[]");
        assertThat(other.get("/who").body()).isEqualTo("-");
    }

    @Test
    void sameUserWhoLogsInAgainKeepsTheDataAndGetsANewToken() {
        Visitor visitor = ada();
        visitor.get("/set?field=cart&value=tea");
        Visitor thief = visitor.at(address());
        loggedIn(visitor, "ada", "lovelace");
        assertThat(visitor.get("/get?field=cart").body()).isEqualTo("tea");
        assertThat(thief.get("/who").body()).isEqualTo("-");
    }

    @Test
    void logInByTheApplicationItselfIsContinuedByTheFormOfTheSameUser() {
        Visitor visitor = visitor();
        visitor.get("/login?user=ada");
        visitor.get("/set?field=cart&value=tea");
        loggedIn(visitor, "ada", "lovelace");
        assertThat(visitor.get("/get?field=cart").body()).isEqualTo("tea");
        assertThat(visitor.get("/who").body()).isEqualTo("ada[admin, author]");
    }

    @Test
    void logOutEverywhereEndsLogInsByTheForm() {
        Visitor one = ada();
        Visitor other = ada();
        assertThat(sessions.count(ImSession.PRINCIPAL, "ada")).isGreaterThanOrEqualTo(2);
        one.get("/logout-everywhere");
        for (Visitor visitor : new Visitor[] { one, other }) {
            assertThat(visitor.get("/who").body()).isEqualTo("-");
            assertSendsToForm(visitor.get("/user"));
        }
    }

    @Test
    void logOutThatTheGuideShowsEndsTheSession() {
        for (String path : new String[] { "/form/logout", "/form/logout-of-request" }) {
            Visitor ada = ada();
            Visitor thief = ada.at(address());
            HttpResponse<String> response = ada.post(path, "");
            assertThat(response.statusCode()).isEqualTo(204);
            assertThat(response.headers().allValues("Set-Cookie")).singleElement().asString().startsWith("connsid=;");
            assertThat(thief.get("/who").body()).isEqualTo("-");
        }
    }

    @Test
    void logOutOfTheSessionLogsOut() {
        Visitor ada = ada();
        Visitor thief = ada.at(address());
        ada.get("/logout");
        assertThat(thief.get("/who").body()).isEqualTo("-");
        assertSendsToForm(thief.get("/user"));
    }

    @Test
    void otherSitesCannotLogAVisitorIn() {
        given().redirects().follow(false).header("Origin", "https://evil.example")
                .formParam("j_username", "ada").formParam("j_password", "lovelace").post("/j_security_check").then()
                .statusCode(403).header("Set-Cookie", nullValue());
    }
}
