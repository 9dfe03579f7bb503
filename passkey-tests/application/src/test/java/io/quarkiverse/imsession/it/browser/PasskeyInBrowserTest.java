package io.quarkiverse.imsession.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebDriverException;

import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** The application of the page "Log in by a passkey", in a real browser with a device that keeps passkeys. */
@QuarkusTest
class PasskeyInBrowserTest extends BrowserTest {

    @BeforeEach
    void plugIn() {
        browser.replaceAuthenticator();
    }

    @Test
    void userRegistersAndLogsInAndComesBackToThePage() {
        String user = register("/account");
        assertThat(browser.text()).isEqualTo("This is the page of " + user);
        assertThat(browser.url()).isEqualTo(app() + "/account");

        browser.forgetCookies();
        browser.open(app() + "/account?a=b");
        assertThat(browser.url()).isEqualTo(app() + "/login.html?from=%2Faccount%3Fa%3Db");
        browser.submit("login");
        awaitPage("/account?a=b");
        assertThat(browser.text()).startsWith("This is the page of ");
        assertThat(browser.run("return document.cookie")).isEqualTo("");
        assertThat(browser.cookies("quarkus-credential")).isEmpty();
        assertThat(browser.cookies("_quarkus_webauthn_challenge")).isEmpty();
        assertThat(browser.cookie(COOKIE)).isNotNull();
    }

    @Test
    void linkToTheLogInLeadsToNoOtherSite() {
        register("https://evil.example/");
        assertThat(browser.url()).isEqualTo(app() + "/account");
        browser.forgetCookies();
        for (String from : new String[] { "//evil.example/", "/\\evil.example", "javascript:alert(1)",
                "blob:" + app() + "/x" }) {
            browser.open(app() + "/login.html");
            browser.run("location.search = new URLSearchParams({from: arguments[0]})", from);
            Browser.patiently().until(() -> browser.url().contains("from="));
            browser.submit("login");
            awaitPage("/account");
        }
    }

    @Test
    void logOutEndsTheSessionForAThiefToo() {
        register("/account");
        Visitor thief = new Visitor(app());
        thief.cookies().put(COOKIE, browser.cookie(COOKIE));
        assertThat(thief.get("/account").statusCode()).isEqualTo(200);
        assertThat(browser.await("const done = arguments[0];"
                + "fetch('/account/logout', {method: 'POST'}).then(response => done(response.status))")).isEqualTo(204L);
        assertThat(browser.cookies(COOKIE)).isEmpty();
        assertThat(thief.get("/account").statusCode()).isEqualTo(302);
    }

    @Test
    void endpointOfQuarkusLogsOutAsWell() {
        register("/account");
        Visitor thief = new Visitor(app());
        thief.cookies().put(COOKIE, browser.cookie(COOKIE));
        browser.open(app() + "/q/webauthn/logout");
        assertThat(browser.cookies(COOKIE)).isEmpty();
        assertThat(thief.get("/account").statusCode()).isEqualTo(302);
    }

    @Test
    void nobodyTakesTheNameOfAnother() {
        String user = register("/account");
        browser.forgetCookies();
        browser.open(app() + "/login.html");
        browser.submit("register", user);
        Browser.patiently().until(() -> !browser.text("result").isEmpty());
        assertThat(browser.cookies(COOKIE)).isEmpty();
    }

    /** Registers a new user, who is logged in then. */
    private static String register(String from) {
        String user = "user-" + UUID.randomUUID();
        browser.open(app() + "/login.html");
        browser.run("history.replaceState(null, '', '?' + new URLSearchParams({from: arguments[0]}))", from);
        browser.submit("register", user);
        awaitPage("/account");
        return user;
    }

    private static void awaitPage(String path) {
        // The page may change while it is read.
        Browser.patiently().ignoreExceptionsInstanceOf(WebDriverException.class)
                .untilAsserted(() -> assertThat(browser.url()).as(browser.text()).isEqualTo(app() + path));
    }

    private static String app() {
        return "http://localhost:" + RestAssured.port;
    }
}
