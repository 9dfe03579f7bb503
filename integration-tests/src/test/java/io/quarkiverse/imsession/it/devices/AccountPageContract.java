package io.quarkiverse.imsession.it.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.it.Client;
import io.restassured.path.json.JsonPath;

/** What holds for the page of devices that comes with the extension. */
abstract class AccountPageContract extends DevicesContract {

    private static final String PAGE = "/account/devices";
    private static final Pattern NEXT = Pattern.compile("href=\"devices(\\?after=[^\"]+)\"");

    @Test
    void readyPageShowsBothBrowsersAndWhichOneThisIs() {
        DemoBrowser one = browser(FIREFOX).logIn("Ada");
        DemoBrowser other = browser(IPHONE).logIn("Ada");
        HttpResponse<String> page = one.get(PAGE);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).contains("<html lang=\"en\">", "Ada is logged in on these devices", "Firefox on Linux",
                "Safari on iPhone", "Log out all other devices").containsOnlyOnce("This device")
                .contains("action=\"devices/" + other.id() + "/end\"").doesNotContain(one.id() + "/end");
        assertThat(page.body()).containsPattern("127\\.0\\.0\\.1|::1|0:0:0:0:0:0:0:1");
        assertThat(page.body().indexOf(one.id())).isLessThan(page.body().indexOf(other.id()));
        for (DemoBrowser browser : List.of(one, other)) {
            assertThat(page.body()).doesNotContain(browser.token().substring(browser.token().indexOf('.') + 1));
        }
    }

    @Test
    void readyPageIsNotCachedNotFramedAndRunsNothing() {
        DemoBrowser one = browser(FIREFOX).logIn("Ada");
        HttpResponse<String> page = one.get(PAGE);
        assertThat(page.headers().allValues("cache-control")).containsExactly("no-store");
        assertThat(page.headers().firstValue("x-frame-options")).contains("DENY");
        assertThat(page.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(page.headers().firstValue("content-security-policy"))
                .contains("default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(page.headers().firstValue("vary")).contains("Accept, Accept-Language");
        assertThat(page.body()).doesNotContainPattern("<script|<style| style=| on[a-z]+=|javascript:");

        HttpResponse<String> style = one.get(PAGE + "/style.css");
        assertThat(style.statusCode()).isEqualTo(200);
        assertThat(style.headers().firstValue("content-type")).contains("text/css; charset=utf-8");
        assertThat(style.body()).contains("--imsession-accent", "prefers-color-scheme: dark", ":focus-visible");
    }

    @Test
    void readyPageEndsOneDeviceAndTellsSoOnce() {
        DemoBrowser one = browser(FIREFOX).logIn("Ada");
        DemoBrowser other = browser(IPHONE).logIn("Ada");
        HttpResponse<String> ended = one.post(PAGE + "/" + other.id() + "/end");
        assertThat(ended.statusCode()).isEqualTo(303);
        assertThat(ended.headers().firstValue("location")).contains("../../devices");
        assertThat(one.get(PAGE).body()).contains("One device was logged out.").doesNotContain(other.id());
        assertThat(one.get(PAGE).body()).doesNotContain("was logged out").doesNotContain("Log out all other devices");
        assertThat(other.isLoggedIn()).isFalse();
        assertThat(one.isLoggedIn()).isTrue();
    }

    @Test
    void readyPageEndsAllOthersAndSparesThisOneAndOtherUsers() {
        DemoBrowser one = browser(FIREFOX).logIn("Ada");
        List<DemoBrowser> others = List.of(browser().logIn("Ada"), browser().logIn("Ada"));
        DemoBrowser bob = browser().logIn("Bob");
        HttpResponse<String> ended = one.post(PAGE + "/end-others");
        assertThat(ended.statusCode()).isEqualTo(303);
        assertThat(ended.headers().firstValue("location")).contains("../devices");
        assertThat(one.get(PAGE).body()).contains("2 devices were logged out.");
        assertThat(others).noneMatch(DemoBrowser::isLoggedIn);
        assertThat(bob.isLoggedIn()).isTrue();
    }

    @Test
    void readyPageIsJsonForScripts() {
        DemoBrowser one = browser(FIREFOX).logIn("Ada");
        DemoBrowser other = browser(IPHONE).logIn("Ada");
        DemoBrowser third = browser(IPHONE).logIn("Ada");
        one.submit("/devices/name", "name", "Desk");
        HttpResponse<String> list = one.script("GET", PAGE);
        assertThat(list.headers().firstValue("content-type")).contains("application/json");
        assertThat(list.headers().firstValue("cache-control")).contains("no-store");
        List<Map<String, Object>> devices = JsonPath.from(list.body()).getList("devices");
        assertThat(devices).hasSize(3);
        assertThat(list.body()).as("nothing of the journal, which is off").doesNotContain("\"journal\"");
        assertThat(one.get(PAGE).body()).doesNotContain("What happened");
        assertThat(devices.get(0)).containsEntry("id", one.id()).containsEntry("current", true).containsEntry("label", "Desk")
                .containsEntry("browser", "Firefox").containsEntry("system", "Linux")
                .containsKeys("address", "loggedInAt", "usedAfter", "usedBefore", "expiresAt");
        assertThat(devices.get(1)).containsEntry("current", false).containsEntry("system", "iPhone").doesNotContainKey("label");

        assertThat(one.script("DELETE", PAGE + "/" + other.id()).statusCode()).isEqualTo(204);
        assertThat(one.script("DELETE", PAGE + "/" + other.id()).statusCode()).isEqualTo(404);
        assertThat(other.isLoggedIn()).isFalse();
        HttpResponse<String> ended = one.script("POST", PAGE + "/end-others");
        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(ended.body()).isEqualTo("{\"ended\":1}");
        assertThat(third.isLoggedIn()).isFalse();
    }

    @Test
    void endingThisDeviceByScriptIsALogOut() {
        DemoBrowser one = browser(FIREFOX).logIn("Ada");
        DemoBrowser other = browser(IPHONE).logIn("Ada");
        HttpResponse<String> ended = one.script("DELETE", PAGE + "/" + one.id());
        assertThat(ended.statusCode()).isEqualTo(204);
        assertThat(Client.token(ended)).contains("");
        assertThat(one.script("GET", PAGE).statusCode()).isEqualTo(401);
        assertThat(other.isLoggedIn()).isTrue();
    }

    @Test
    void whoeverIsNotLoggedInSeesNothingAndEndsNothing() {
        DemoBrowser ada = browser().logIn("Ada");
        DemoBrowser nobody = browser();
        assertThat(nobody.get(PAGE).statusCode()).isEqualTo(401);
        assertThat(nobody.script("GET", PAGE).statusCode()).isEqualTo(401);
        assertThat(nobody.script("DELETE", PAGE + "/" + ada.id()).statusCode()).isEqualTo(401);
        assertThat(nobody.script("POST", PAGE + "/end-others").statusCode()).isEqualTo(401);
        assertThat(nobody.post(PAGE + "/" + ada.id() + "/end").statusCode()).isEqualTo(303);
        assertThat(nobody.token()).isNull();
        assertThat(ada.isLoggedIn()).isTrue();
    }

    @Test
    void deviceOfAnotherUserIsNotFound() {
        DemoBrowser ada = browser().logIn("Ada");
        DemoBrowser bob = browser().logIn("Bob");
        DemoBrowser visitor = browser();
        visitor.post("/views");
        for (String foreign : List.of(bob.id(), visitor.id(), "A".repeat(22))) {
            HttpResponse<String> form = ada.post(PAGE + "/" + foreign + "/end");
            assertThat(form.statusCode()).isEqualTo(404);
            assertThat(form.body()).contains("You are not logged in on this device any more.", ada.id(),
                    "href=\"../../devices/style.css\"");
            HttpResponse<String> script = ada.script("DELETE", PAGE + "/" + foreign);
            assertThat(script.statusCode()).isEqualTo(404);
            assertThat(form.body() + script.body()).doesNotContain(bob.id()).doesNotContain(visitor.id());
        }
        assertThat(bob.isLoggedIn()).isTrue();
        assertThat(visitor.isLoggedIn()).isTrue();
        assertThat(ada.isLoggedIn()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "x", "*", "{}", "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAA*",
            "AAAAAAAAAAAAAAAAAAAAA ", "A\0AAAAAAAAAAAAAAAAAAAAA", "\r\nQUIT", "ref:principal:{Ada}",
            "<script>alert(1)</script>",
            "../x", "../end-others", "🦄🦄🦄🦄🦄🦄🦄🦄🦄🦄🦄" })
    void linkThatSomebodyHasChangedEndsNothing(String text) {
        DemoBrowser ada = browser().logIn("Ada");
        DemoBrowser other = browser().logIn("Ada");
        String path = PAGE + "/" + DemoBrowser.encode(text).replace("+", "%20");
        HttpResponse<String> form = ada.post(path + "/end");
        assertThat(form.statusCode()).isEqualTo(404);
        HttpResponse<String> script = ada.script("DELETE", path);
        assertThat(script.statusCode()).isIn(404, 405);
        assertThat(form.body() + script.body()).doesNotContain("<script");
        assertThat(other.isLoggedIn()).isTrue();
        assertThat(ada.isLoggedIn()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "cross-site", "same-site", "", "null" })
    void formsOfOtherSitesEndNothing(String site) {
        DemoBrowser one = browser().logIn("Ada");
        DemoBrowser other = browser().logIn("Ada");
        assertThat(one.postFromElsewhere(PAGE + "/" + other.id() + "/end", site).statusCode()).isEqualTo(403);
        assertThat(one.postFromElsewhere(PAGE + "/end-others", site).statusCode()).isEqualTo(403);
        assertThat(other.isLoggedIn()).isTrue();
    }

    @Test
    void methodsThatAreNotThereAreRefused() {
        DemoBrowser one = browser().logIn("Ada");
        DemoBrowser other = browser().logIn("Ada");
        for (String[] wrong : new String[][] { { "POST", "" }, { "DELETE", "" }, { "PUT", "" }, { "GET", "/end-others" },
                { "DELETE", "/end-others" }, { "GET", "/" + other.id() + "/end" }, { "GET", "/" + other.id() },
                { "POST", "/" + other.id() }, { "POST", "/style.css" } }) {
            HttpResponse<String> response = one.script(wrong[0], PAGE + wrong[1]);
            assertThat(response.statusCode()).as("%s %s", wrong[0], wrong[1]).isEqualTo(405);
            assertThat(response.headers().firstValue("allow").orElse("")).isNotEmpty().doesNotContain(wrong[0]);
        }
        assertThat(one.script("GET", PAGE + "/a/b").statusCode()).isEqualTo(404);
        assertThat(one.script("GET", PAGE + "s").statusCode()).isEqualTo(404);
        HttpResponse<String> head = one.script("HEAD", PAGE);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(other.isLoggedIn()).isTrue();
    }

    @Test
    void manyDevicesAreOnSeveralPages() {
        DemoBrowser one = browser().logIn("Ada");
        Set<String> all = new HashSet<>(Set.of(one.id()));
        for (int i = 0; i < 45; i++) {
            all.add(browser().logIn("Ada").id());
        }
        Set<String> shown = new HashSet<>();
        List<String> pages = new ArrayList<>(List.of(PAGE));
        for (int i = 0; i < pages.size(); i++) {
            String page = one.get(pages.get(i)).body();
            Matcher id = Pattern.compile("id=\"device-([^\"]+)\"").matcher(page);
            int before = shown.size();
            while (id.find()) {
                shown.add(id.group(1));
            }
            assertThat(shown.size() - before).isLessThanOrEqualTo(21);
            Matcher next = NEXT.matcher(page);
            if (next.find()) {
                pages.add(PAGE + next.group(1));
            }
        }
        assertThat(shown).isEqualTo(all);
        assertThat(pages).hasSizeBetween(3, 10);
        JsonPath first = JsonPath.from(one.script("GET", PAGE).body());
        JsonPath second = JsonPath
                .from(one.script("GET", PAGE + "?after=" + DemoBrowser.encode(first.getString("next"))).body());
        assertThat(second.getList("devices.id")).isNotEmpty().doesNotContain(one.id());
    }

    @ParameterizedTest
    @ValueSource(strings = { "x", "", "{}", "-1", "999999999999999999999", "<script>alert(1)</script>", "\r\nQUIT", "🦄" })
    void beginningOfAPageThatSomebodyHasChangedShowsNothingOfOthers(String after) {
        DemoBrowser ada = browser().logIn("Ada");
        DemoBrowser bob = browser().logIn("Bob");
        HttpResponse<String> page = ada.get(PAGE + "?after=" + DemoBrowser.encode(after));
        assertThat(page.statusCode()).isIn(200, 404);
        assertThat(page.body()).doesNotContain(bob.id()).doesNotContain("<script");
    }

    @Test
    void readyPageSpeaksTheLanguageOfTheBrowser() {
        DemoBrowser ada = browser().logIn("Ada");
        for (String german : List.of("de", "de-AT,en;q=0.5", "fr,de;q=0.8,en;q=0.5")) {
            HttpResponse<String> page = ada.get(PAGE, "Accept-Language", german);
            assertThat(page.body()).contains("<html lang=\"de\">", "Ihre Geräte", "Ada ist auf diesen Geräten angemeldet");
            assertThat(page.headers().firstValue("content-language")).contains("de");
        }
        for (String other : List.of("en-GB", "fr", "*", "", "de;q=x", ";;;", "-", "de,-", "x".repeat(5000),
                "de,".repeat(1000))) {
            assertThat(ada.get(PAGE, "Accept-Language", other).body()).contains("<html lang=\"en\">", "Your devices");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "text/html", "*/*", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "application/json;q=0.1,text/html", "nonsense", "" })
    void browsersGetHtml(String accept) {
        assertThat(browser().logIn("Ada").get(PAGE, "Accept", accept).body()).startsWith("<!DOCTYPE html>");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{devices.user}", "Ада 🦄 語 ñ", "<script>alert(1)</script>", "\"quoted\" 'single' \\back", "7",
            "&amp;" })
    void readyPageShowsNamesAsTheyAre(String name) {
        DemoBrowser one = browser().logIn(name);
        DemoBrowser other = browser("<img src=x onerror=alert(1)>").logIn(name);
        one.submit("/devices/name", "name", name);
        String page = other.get(PAGE).body();
        assertThat(page).contains(escaped(name) + " is logged in on these devices", ">" + escaped(name) + "</h2>")
                .doesNotContain("<script", "<img").contains("Unknown device");
        assertThat(other.post(PAGE + "/end-others").statusCode()).isEqualTo(303);
        assertThat(one.isLoggedIn()).isFalse();
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
