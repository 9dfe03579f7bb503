package io.quarkiverse.imsession.it.browser;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** A page of another host of the domain plants cookies of the name of the application's. */
@QuarkusTest
@TestProfile(SiteProfile.class)
class PlantedInBrowserTest extends BrowserTest {

    private static final String APP = "app.test";
    private static final String EVIL = "sub.app.test";
    private static final String DEEP = "/account/settings";

    @Test
    void logInGetsThroughAndThePlantedCookiesAreGone() {
        plant("garbage", "A".repeat(22) + "." + "B".repeat(32));
        logIn(Site.http(APP), "ada");

        assertUser(Site.http(APP) + DEEP, "ada");
        assertUser(Site.http(APP), "ada");
        assertThat(browser.cookies(COOKIE)).hasSize(1);
    }

    @Test
    void attackersOwnSessionIsNeverUsedInPlaceOfTheVisitors() {
        logIn(Site.http(APP), "ada");
        String own = browser.cookie(COOKIE);
        String attackers = attackersSession();
        plant(attackers, attackers);

        assertThat(browser.open(Site.http(APP)).text("user")).isEqualTo("nobody");
        assertUser(Site.http(APP), "ada");
        assertThat(browser.open(Site.http(APP) + DEEP).text("user")).isEqualTo("nobody");
        assertUser(Site.http(APP) + DEEP, "ada");
        assertThat(browser.cookies(COOKIE)).containsExactly(own);
    }

    @Test
    void visitorWithTheAttackersSessionOnlyLogsInToOneOfTheirOwn() {
        String attackers = attackersSession();
        plant(attackers, attackers);

        logIn(Site.http(APP), "ada");

        assertUser(Site.http(APP) + DEEP, "ada");
        assertUser(Site.http(APP), "ada");
        given().cookie(COOKIE, attackers).get("/").then().statusCode(200).body(not(containsString("ada")));
    }

    /** A browser keeps a cookie of a partition beside one of the same name and place without. */
    @Test
    void cookiesOfAPartitionAreGoneToo() {
        browser.open(Site.https(EVIL));
        browser.run("document.cookie = 'connsid=x; Secure; Partitioned; Domain=app.test; Path=/'");
        logIn(Site.https(APP), "ada");
        assertUser(Site.https(APP), "ada");
        assertThat(browser.cookies(COOKIE)).hasSize(1);
    }

    private static String attackersSession() {
        return given().redirects().follow(false).formParam("user", "mallory").post("/login").then().statusCode(303).extract()
                .cookie(COOKIE);
    }

    private static void plant(String value, String another) {
        // A page of the same host first, which an attacker may have too.
        browser.open(Site.http(APP));
        for (String path : new String[] { "/account", "/account/" }) {
            browser.run("document.cookie = 'connsid=' + arguments[0] + '; Path=' + arguments[1]", another, path);
        }
        browser.open(Site.http(EVIL));
        for (String path : new String[] { "/", "/account", "/account/", "/account/settings" }) {
            browser.run("document.cookie = 'connsid=' + arguments[0] + '; Domain=app.test; Path=' + arguments[1]", value, path);
        }
    }
}
