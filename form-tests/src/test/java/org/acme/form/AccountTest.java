package org.acme.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.Transcript;
import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

/** The application of the page "Log in by a form". */
@QuarkusTest
class AccountTest {

    @TestHTTPResource
    URL server;

    @Test
    void whatThePageShowsInAShellIsWhatHappens() throws IOException, InterruptedException {
        Transcript.assertRunsAsShown("form.adoc", server.getPort());
    }

    @Test
    void browserHoldsTheSessionCookieAndNoOther() {
        Visitor ada = visitor();
        assertThat(location(ada.get("/account"))).endsWith("/login.html");
        HttpResponse<String> back = logIn(ada, "ada", "lovelace", "");
        assertThat(location(back)).endsWith("/account");
        assertThat(ada.cookies()).containsOnlyKeys("connsid");
        assertThat(back.headers().allValues("Set-Cookie")).filteredOn(cookie -> cookie.startsWith("connsid=")).singleElement()
                .asString().contains("HttpOnly").doesNotContain("Max-Age");
        assertThat(ada.get("/account").body()).isEqualTo("This is the page of ada");
        assertThat(ada.get("/account/reports").statusCode()).isEqualTo(200);
        assertThat(ada.get("/account/address").statusCode()).isEqualTo(200);
        assertThat(ada.get("/news.html").body()).contains("For users only");
    }

    @Test
    void rolesAreThoseOfTheLogIn() {
        Visitor eve = visitor();
        assertThat(location(logIn(eve, "eve", "moneypenny", ""))).endsWith("/account");
        assertThat(eve.get("/account").body()).isEqualTo("This is the page of eve");
        assertThat(eve.get("/account/reports").statusCode()).isEqualTo(403);
    }

    @Test
    void wrongPasswordLogsNobodyIn() {
        Visitor visitor = visitor();
        assertThat(location(logIn(visitor, "ada", "wrong", ""))).endsWith("/error.html");
        assertThat(visitor.cookies()).isEmpty();
        assertThat(location(visitor.get("/news.html"))).endsWith("/login.html");
    }

    @Test
    void userWhoAsksForItStaysLoggedIn() {
        HttpResponse<String> response = logIn(visitor(), "ada", "lovelace", "&stay=on");
        assertThat(response.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=2592000");
    }

    @Test
    void logOutEndsTheSession() {
        Visitor ada = visitor();
        logIn(ada, "ada", "lovelace", "");
        Visitor thief = ada.at(address());
        assertThat(ada.post("/account/logout", "").statusCode()).isEqualTo(204);
        assertThat(ada.cookies()).isEmpty();
        assertThat(location(thief.get("/account"))).endsWith("/login.html");
    }

    @Test
    void logOutEverywhereEndsAllSessionsOfTheUser() {
        Visitor one = visitor();
        Visitor other = visitor();
        logIn(one, "eve", "moneypenny", "");
        logIn(other, "eve", "moneypenny", "");
        assertThat(one.post("/account/logout-everywhere", "").body()).endsWith("sessions have ended");
        assertThat(location(one.get("/account"))).endsWith("/login.html");
        assertThat(location(other.get("/account"))).endsWith("/login.html");
    }

    private static HttpResponse<String> logIn(Visitor visitor, String user, String password, String more) {
        return visitor.post("/j_security_check", "j_username=" + user + "&j_password=" + password + more);
    }

    private static String location(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(302);
        return response.headers().firstValue("Location").orElseThrow();
    }

    private Visitor visitor() {
        return new Visitor(address());
    }

    private String address() {
        return server.toString().replaceAll("/$", "");
    }
}
