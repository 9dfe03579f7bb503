package io.quarkiverse.imsession.it.browser;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** A visitor without cookies for each test, and what the visitor does at the application. */
@Tag("full")
@Chromium.Required
abstract class BrowserTest {

    static final String COOKIE = "connsid";

    static Browser browser;

    @BeforeAll
    static void open() {
        browser = Browser.start();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @AfterEach
    void forget() {
        browser.forgetCookies();
    }

    static void logIn(String site, String user) {
        browser.open(site);
        browser.submit("login", user);
        browser.awaitText("user", user);
    }

    static void assertUser(String url, String user) {
        browser.open(url).awaitText("user", user);
    }
}
