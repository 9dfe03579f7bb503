package io.quarkiverse.imsession.it.browser;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The page of devices as people meet it: on a phone, without a mouse, in their language, in the dark. */
@QuarkusTest
@TestProfile(SiteProfile.class)
class DevicesInBrowserTest extends BrowserTest {

    private static final String APP = "app.test";
    private static final String IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

    private final String user = "ada-" + UUID.randomUUID();

    @BeforeEach
    void enter() {
        browser.command("Emulation.setDeviceMetricsOverride",
                Map.of("width", 380, "height", 700, "deviceScaleFactor", 1, "mobile", false));
        browser.open(Site.http(APP));
        browser.await("const done = arguments[1]; fetch('/account/enter?user=' + arguments[0], { method: 'POST' }).then(done)",
                user);
        browser.complaints();
    }

    @AfterEach
    void emulateNothing() {
        browser.command("Emulation.clearDeviceMetricsOverride", Map.of());
        browser.command("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        browser.command("Emulation.setUserAgentOverride", Map.of("userAgent", ""));
    }

    @Test
    void userEndsDevicesWithTheKeyboardOnly() {
        String phone = enterOn(IPHONE);
        String other = enterOn("curl/8.5.0");
        String third = enterOn("curl/8.5.0");
        openPage();
        assertThat(browser.text()).contains("This device", "Safari on iPhone", "curl", "127.0.0.1");
        List<String> names = tabThrough();
        assertThat(names).containsExactlyInAnyOrder("Log out Safari on iPhone", "Log out curl", "Log out curl",
                "Log out all other devices");

        openPage();
        for (String name = ""; !name.equals("Log out Safari on iPhone"); name = focused()) {
            browser.press(Keys.TAB);
            assertThat(outline()).isEqualTo("3px");
        }
        browser.press(Keys.ENTER);
        browser.awaitText("notice", "One device was logged out.");
        assertThat(browser.url()).endsWith("/account/devices");
        assertThat(isIn(phone)).isFalse();
        assertThat(isIn(other)).isTrue();

        for (String name = ""; !name.equals("Log out all other devices"); name = focused()) {
            browser.press(Keys.TAB);
        }
        browser.press(Keys.SPACE);
        browser.awaitText("notice", "2 devices were logged out.");
        assertThat(isIn(other)).isFalse();
        assertThat(isIn(third)).isFalse();
        assertThat(tabThrough()).isEmpty();
        // The browser asks for the icon of the site, which has none.
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("/favicon.ico"));
    }

    @Test
    void linkOfANoticeEndsThatLogInWithTheKeyboardOnly() {
        String stranger = enterOn(IPHONE);
        String link = Awaitility.await().atMost(Duration.ofMinutes(1)).until(
                () -> given().queryParam("user", user).get("/mailbox").asString(),
                newest -> newest.contains(stranger.substring(0, stranger.indexOf('.'))));
        browser.forgetCookies();
        browser.open(Site.http(APP) + link);
        assertThat(browser.text()).contains(user + " has logged in", "Safari on iPhone", "127.0.0.1");
        assertThat(number("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(380);
        assertThat(contrasts()).allSatisfy(contrast -> assertThat(contrast).isGreaterThanOrEqualTo(4.5));
        assertThat(tabThrough()).containsExactly("Log out");
        assertThat(isIn(stranger)).as("opening the link ends nothing").isTrue();

        browser.open(Site.http(APP) + link);
        browser.press(Keys.TAB);
        assertThat(focused()).isEqualTo("Log out");
        assertThat(outline()).isEqualTo("3px");
        browser.press(Keys.ENTER);
        browser.awaitText("notice", "That device was logged out. Now change your password.");
        assertThat(isIn(stranger)).isFalse();
        assertThat(tabThrough()).isEmpty();
        browser.open(Site.http(APP) + link);
        browser.awaitText("notice", "This link does not hold any more. Nothing was logged out.");
    }

    @Test
    void pageTellsWhatHappenedUnderHeadingsOfTheirOwn() {
        enterOn(IPHONE);
        openPage();
        assertThat(browser.text()).containsSubsequence("What happened", "Logged in", "Safari on iPhone", "Logged in",
                "This device");
        assertThat(browser.run("return document.getElementById(document.querySelector('section')"
                + ".getAttribute('aria-labelledby')).textContent")).isEqualTo("What happened");
        assertThat(number("return document.querySelectorAll('section > ol > li > h3').length")).isEqualTo(2);
    }

    @Test
    void pageFitsIntoANarrowWindow() {
        enterOn("x".repeat(200));
        enterOn(IPHONE);
        openPage();
        assertThat(number("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(380);
        assertThat(number(
                "return Math.min(...[...document.querySelectorAll('button')].map(b => b.getBoundingClientRect().height))"))
                .isGreaterThanOrEqualTo(44);
        assertThat(number("return document.querySelectorAll('main').length")).isEqualTo(1);
        assertThat(number("return document.querySelectorAll('h1').length")).isEqualTo(1);
        assertThat(number("return document.querySelectorAll('ul > li > h2').length")).isEqualTo(3);
    }

    @Test
    void pageSpeaksGermanToAGermanBrowser() {
        enterOn(IPHONE);
        browser.command("Emulation.setUserAgentOverride", Map.of("userAgent", "Test", "acceptLanguage", "de-DE,de,en"));
        openPage();
        assertThat(browser.title()).isEqualTo("Ihre Geräte");
        assertThat(browser.text()).contains("Dieses Gerät", "Safari auf iPhone", "Alle anderen Geräte abmelden")
                .doesNotContain("Log out");
        assertThat(browser.run("return document.documentElement.lang")).isEqualTo("de");
    }

    @Test
    void textCanBeReadByLightAndInTheDark() {
        enterOn(IPHONE);
        openPage();
        String light = color();
        assertThat(contrasts()).allSatisfy(contrast -> assertThat(contrast).isGreaterThanOrEqualTo(4.5));
        browser.command("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        openPage();
        assertThat(color()).isNotEqualTo(light);
        assertThat(contrasts()).allSatisfy(contrast -> assertThat(contrast).isGreaterThanOrEqualTo(4.5));
    }

    @Test
    void pageRunsNoScriptOfAnybodyAndIsShownInNoFrame() {
        openPage();
        browser.run("const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s)");
        assertThat(browser.run("return window.ran === undefined")).isEqualTo(true);
        assertThat(browser.complaints()).anyMatch(complaint -> complaint.contains("Content Security Policy"));
        browser.open(Site.http(APP));
        browser.await(
                "const done = arguments[1]; const f = document.createElement('iframe'); f.onload = done; f.src = arguments[0];"
                        + " document.body.append(f)",
                "/account/devices");
        assertThat(browser.complaints()).anyMatch(complaint -> complaint.contains("frame"));
        assertThat(browser.run("try { return document.querySelector('iframe').contentDocument.querySelector('h1') === null }"
                + " catch (e) { return true }")).isNotEqualTo(false);
    }

    private void openPage() {
        browser.open(Site.http(APP) + "/account/devices");
    }

    private String enterOn(String agent) {
        return given().header("User-Agent", agent).post("/account/enter?user=" + user).cookie(COOKIE);
    }

    private static boolean isIn(String token) {
        return given().cookie(COOKIE, token).accept("application/json").get("/account/devices").statusCode() == 200;
    }

    /** The names of all that gets the focus. */
    private List<String> tabThrough() {
        List<String> names = new ArrayList<>();
        browser.press(Keys.TAB);
        while (!focused().isEmpty() && names.size() < 20) {
            names.add(focused());
            browser.press(Keys.TAB);
        }
        return names;
    }

    /** The name of what has the focus, as a screen reader says it; empty if nothing has. */
    private static String focused() {
        return (String) browser.run("const e = document.activeElement; if (e === document.body || e === null) return '';"
                + " const by = e.getAttribute('aria-labelledby');"
                + " return (by ? by.split(' ').map(id => document.getElementById(id).textContent).join(' ') : e.textContent)"
                + ".replace(/\\s+/g, ' ').trim()");
    }

    private static String outline() {
        return (String) browser.run("return getComputedStyle(document.activeElement).outlineWidth");
    }

    private static double number(String script) {
        return ((Number) browser.run(script)).doubleValue();
    }

    private static String color() {
        return (String) browser.run("return getComputedStyle(document.body).backgroundColor");
    }

    /** The contrasts of all texts with what is behind them, by the formula of WCAG 2.2. */
    private static List<Double> contrasts() {
        List<?> all = (List<?>) browser.run("""
                const parse = c => c.match(/[\\d.]+/g).map(Number);
                const light = c => parse(c).slice(0, 3).map(v => v / 255)
                    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
                const behind = e => { const b = getComputedStyle(e).backgroundColor;
                    return parse(b)[3] === 0 ? behind(e.parentElement) : b; };
                return [...document.querySelectorAll('h1, h2, h3, p, dt, dd, button, .badge')].map(e => {
                    const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
                    return (a + 0.05) / (b + 0.05); });
                """);
        return all.stream().map(contrast -> ((Number) contrast).doubleValue()).toList();
    }
}
