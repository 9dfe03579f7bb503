package io.quarkiverse.imsession.it.browser;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** A browser binds its session to its device, and refreshes the bound cookie whenever it has expired. */
@Tag("full")
@Chromium.Required
@QuarkusTest
@TestProfile(DeviceBoundInBrowserTest.Profile.class)
class DeviceBoundInBrowserTest {

    private static final String COOKIE = "__Host-connsid";
    private static final String BOUND = "__Host-connsid-bound";

    private Browser browser;

    /** A new one for each test: it would go on to refresh the session of another test. */
    @BeforeEach
    void open() {
        browser = Browser.startBinding(Site.publicKeyHash());
    }

    @AfterEach
    void close() {
        browser.close();
    }

    private static String app() {
        return Site.https("app.test");
    }

    private static void logIn(Browser visitor, String user) {
        visitor.open(app()).submit("login", user);
        visitor.awaitText("user", user);
    }

    /** Logs in and waits until the browser has made its key and registered it. */
    private void logInAndBind(String user) {
        logIn(browser, user);
        Browser.patiently().until(() -> browser.cookie(BOUND) != null);
        // The session is bound once the browser has shown that cookie.
        browser.open(app());
    }

    /** Does nothing until the bound cookie has gone. */
    private void awaitExpiry() {
        Browser.patiently().until(() -> browser.cookie(BOUND) == null);
    }

    @Test
    void visitorStaysLoggedInFromOneBoundCookieToTheNext() {
        logInAndBind("ada");
        String token = browser.cookie(COOKIE);
        for (int i = 0; i < 2; i++) {
            awaitExpiry();
            // The request waits until the browser has a new one.
            browser.open(app() + "/account/settings");
            assertThat(browser.text("user")).isEqualTo("ada");
            assertThat(browser.cookie(COOKIE)).isEqualTo(token);
        }
    }

    @Test
    void copyOfTheCookiesIsOfNoUseAfterTheLifeOfTheBoundOne() {
        logInAndBind("ada");
        try (Browser thief = Browser.start()) {
            thief.takeCookies(browser, app());
            assertThat(thief.cookie(COOKIE)).isEqualTo(browser.cookie(COOKIE));
            Browser.patiently().until(() -> thief.open(app()).text("user").equals("nobody"));

            thief.submit("note", "mine");
            thief.open(app());
            assertThat(thief.text("user")).isEqualTo("nobody");
            assertThat(thief.text("notes")).isEmpty();
        }
        browser.open(app());
        assertThat(browser.text("user")).isEqualTo("ada");
        assertThat(browser.text("notes")).isEmpty();
        browser.submit("note", "tea");
        browser.awaitText("notes", "tea");
        Browser.patiently().until(() -> given().get("/seen/rejections").asString().contains("DEVICE"));
    }

    @Test
    void thiefWhoseBrowserBindsSessionsTooIsNoBetterOff() {
        logInAndBind("ada");
        try (Browser thief = Browser.startBinding(Site.publicKeyHash())) {
            thief.takeCookies(browser, app());
            Browser.patiently().until(() -> thief.open(app()).text("user").equals("nobody"));
            logIn(thief, "mallory");
        }
        browser.open(app());
        assertThat(browser.text("user")).isEqualTo("ada");
    }

    @Test
    void manyRequestsOfSeveralTabsWaitForOneBoundCookie() {
        logInAndBind("ada");
        String first = browser.tab();
        browser.newTab();
        String second = browser.tab();
        browser.open(app());
        browser.switchTo(first);
        awaitExpiry();
        for (String tab : List.of(first, second)) {
            browser.switchTo(tab);
            browser.run("window.pages = Promise.all(Array.from({length: 10}, () => fetch('/account/settings')"
                    + ".then(response => response.text())))");
        }
        for (String tab : List.of(first, second)) {
            browser.switchTo(tab);
            assertThat(browser.await("const done = arguments[0]; window.pages.then(pages => done("
                    + "pages.filter(page => page.includes('<p id=\"user\">ada</p>')).length))")).isEqualTo(10L);
        }
    }

    @Test
    void logOutInOneTabIsALogOutInAllAndTheNextLogInIsBoundAnew() {
        logInAndBind("ada");
        String first = browser.tab();
        browser.newTab();
        browser.open(app()).submit("logout");
        browser.awaitText("user", "nobody");
        assertThat(browser.cookie(COOKIE)).isNull();
        browser.switchTo(first);
        browser.open(app());
        assertThat(browser.text("user")).isEqualTo("nobody");

        logInAndBind("bob");
        awaitExpiry();
        browser.open(app());
        assertThat(browser.text("user")).isEqualTo("bob");
    }

    @Test
    void browserThatBindsNoSessionsIsAsBefore() {
        try (Browser other = Browser.start()) {
            logIn(other, "eve");
            logInAndBind("ada");
            awaitExpiry();
            assertThat(other.cookie(BOUND)).isNull();
            other.open(app());
            assertThat(other.text("user")).isEqualTo("eve");
        }
    }

    /** As in production, but bound cookies live for seconds. */
    public static class Profile extends SiteProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.imsession.cookie.secure", "true", "quarkus.imsession.device-bound.enabled", "true",
                    "quarkus.imsession.device-bound.cookie-lifetime", "5S", "quarkus.imsession.device-bound.grace", "1S");
        }
    }
}
