package io.quarkiverse.imsession.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** With the default name of production nobody can plant anything. */
@QuarkusTest
@TestProfile(HostCookieInBrowserTest.Profile.class)
class HostCookieInBrowserTest extends BrowserTest {

    private static final String NAME = "__Host-connsid";

    @Test
    void browserRefusesWhatOthersPlant() {
        String app = Site.https("app.test");
        for (String page : new String[] { Site.https("sub.app.test"), Site.http("sub.app.test"), app, Site.http("app.test") }) {
            for (String attributes : new String[] { "", "; Secure", "; Secure; Partitioned" }) {
                for (String place : new String[] { "; Domain=app.test; Path=/", "; Path=/account", "; Path=/account/",
                        "; Domain=app.test; Path=/account" }) {
                    browser.open(page + "/account/settings");
                    browser.run("document.cookie = arguments[0]", NAME + "=x" + place + attributes);
                }
            }
        }
        assertThat(browser.cookies(NAME)).isEmpty();

        logIn(app, "ada");
        assertUser(app + "/account/settings", "ada");
        assertThat(browser.cookie(NAME)).hasSize(55);
    }

    /** As in production, where the cookie is {@code Secure}. */
    public static class Profile extends SiteProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.imsession.cookie.secure", "true");
        }
    }
}
