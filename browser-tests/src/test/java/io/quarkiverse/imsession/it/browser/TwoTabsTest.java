package io.quarkiverse.imsession.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** A visitor has the application open in two tabs, each with a page from before the other did something. */
@QuarkusTest
@TestProfile(SiteProfile.class)
class TwoTabsTest extends BrowserTest {

    private static final String APP = "app.test";

    @Test
    void formOfATabFromBeforeTheLogInInTheOtherWorks() {
        browser.open(Site.http(APP));
        String first = browser.tab();
        browser.newTab();
        browser.open(Site.http(APP));
        browser.submit("login", "ada");
        browser.awaitText("user", "ada");

        browser.switchTo(first);
        assertThat(browser.text("user")).isEqualTo("nobody");
        browser.submit("note", "tea");
        browser.awaitText("notes", "tea");
        assertThat(browser.text("user")).isEqualTo("ada");
        assertThat(browser.title()).isEqualTo("Notes");
    }

    @Test
    void formOfATabFromBeforeTheLogOutInTheOtherShowsAPageToo() {
        logIn(Site.http(APP), "ada");
        String first = browser.tab();
        browser.newTab();
        browser.open(Site.http(APP));
        browser.submit("logout");
        browser.awaitText("user", "nobody");

        browser.switchTo(first);
        assertThat(browser.text("user")).isEqualTo("ada");
        browser.submit("note", "tea");
        browser.awaitText("notes", "tea");
        assertThat(browser.text("user")).isEqualTo("nobody");
        assertThat(browser.title()).isEqualTo("Notes");
    }

    @Test
    void bothTabsLogInAndTheLastOneCounts() {
        browser.open(Site.http(APP));
        String first = browser.tab();
        browser.newTab();
        logIn(Site.http(APP), "ada");
        browser.switchTo(first);
        browser.submit("login", "bob");
        browser.awaitText("user", "bob");
        assertUser(Site.http(APP) + "/account/settings", "bob");
    }
}
