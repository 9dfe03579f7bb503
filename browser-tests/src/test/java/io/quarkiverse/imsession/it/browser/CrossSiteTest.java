package io.quarkiverse.imsession.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiConsumer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** A page of another site makes the visitor's browser send a form to the application: of a log-in, or any other. */
@QuarkusTest
@TestProfile(SiteProfile.class)
class CrossSiteTest extends BrowserTest {

    private static OtherSite other;

    @BeforeAll
    static void openOther() {
        other = new OtherSite();
    }

    @AfterAll
    static void closeOther() {
        other.close();
    }

    /** Where the application is, where the evil page, and what the browser tells the application about that. */
    private enum Pair {
        // To plain HTTP a browser tells the origin only, unless the host is this machine.
        OTHER_SITE("app.test", false, "evil.test", "not said"),
        SIBLING("app.test", false, "sub.app.test", "not said"),
        LOCALHOST("localhost", false, "127.0.0.1", "cross-site"),
        HTTPS("app.test", true, "evil.test", "cross-site"),
        HTTP_OF_THE_SAME_HOST("app.test", true, "app.test", "cross-site");

        private final String host;
        private final boolean https;
        private final String evil;
        private final String marked;

        Pair(String host, boolean https, String evil, String marked) {
            this.host = host;
            this.https = https;
            this.evil = evil;
            this.marked = marked;
        }

        String app() {
            return https ? Site.https(host) : Site.http(host);
        }
    }

    /** What an evil page can do. */
    private enum Attack {
        FORM(CrossSiteTest::form),
        FRAME(CrossSiteTest::frame),
        FETCH(CrossSiteTest::fetch),
        BEACON(CrossSiteTest::beacon);

        private final BiConsumer<String, String> how;

        Attack(BiConsumer<String, String> how) {
            this.how = how;
        }
    }

    @ParameterizedTest
    @EnumSource
    void applicationIsToldOfTheOtherSiteAsFarAsBrowsersDo(Pair pair) {
        browser.open(other.http(pair.evil));
        browser.run("location.href = arguments[0]", pair.app() + "/seen/site");
        Browser.patiently().until(() -> browser.url().endsWith("/seen/site"));
        assertThat(browser.text()).isEqualTo(pair.marked);
    }

    @ParameterizedTest
    @EnumSource
    void visitorStaysLoggedIn(Pair pair) {
        logIn(pair.app(), "ada");
        String cookie = browser.cookie(COOKIE);
        for (Attack attack : Attack.values()) {
            attack(pair, attack, "/login", "user");
            attack(pair, attack, "/notes", "text");
            attack(pair, attack, "/logout", "x");

            browser.open(pair.app());
            assertThat(browser.text("user")).as("%s", attack).isEqualTo("ada");
            assertThat(browser.text("notes")).as("%s", attack).isEmpty();
            assertThat(browser.cookie(COOKIE)).as("%s", attack).isEqualTo(cookie);
        }
    }

    @ParameterizedTest
    @EnumSource
    void visitorWithoutASessionGetsNone(Pair pair) {
        for (Attack attack : Attack.values()) {
            attack(pair, attack, "/login", "user");

            browser.open(pair.app());
            assertThat(browser.text("user")).as("%s", attack).isEqualTo("nobody");
            assertThat(browser.cookie(COOKIE)).as("%s", attack).isNull();
        }
    }

    private static void attack(Pair pair, Attack attack, String path, String field) {
        browser.open(other.http(pair.evil));
        attack.how.accept(pair.app() + path, field);
    }

    private static final String MAKE_FORM = "const form = document.createElement('form'); form.method = 'post';"
            + " form.action = arguments[0]; const input = document.createElement('input'); input.name = arguments[1];"
            + " input.value = 'mallory'; form.append(input); document.body.append(form);";

    private static void form(String url, String field) {
        browser.run(MAKE_FORM + "form.submit()", url, field);
        Browser.patiently().until(() -> !browser.title().equals("Other"));
        assertThat(browser.text()).doesNotContain("mallory");
    }

    private static void frame(String url, String field) {
        browser.await("const done = arguments[2]; const frame = document.createElement('iframe'); frame.name = 'frame';"
                + " document.body.append(frame); frame.onload = () => done(1);" + MAKE_FORM
                + " form.target = 'frame'; form.submit()", url, field);
    }

    private static void fetch(String url, String field) {
        browser.await(
                "const done = arguments[2]; fetch(arguments[0], { method: 'POST', mode: 'no-cors', credentials: 'include',"
                        + " body: new URLSearchParams([[arguments[1], 'mallory']]) }).then(() => done(1), () => done(0))",
                url, field);
    }

    /** Nobody is told when a beacon has arrived, but what is sent on the same connection after it has. */
    private static void beacon(String url, String field) {
        browser.run("navigator.sendBeacon(arguments[0], new URLSearchParams([[arguments[1], 'mallory']]))", url, field);
        fetch(url, field);
    }
}
