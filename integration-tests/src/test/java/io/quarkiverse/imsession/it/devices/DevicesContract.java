package io.quarkiverse.imsession.it.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;
import io.restassured.path.json.JsonPath;

/** What holds for the devices page of the demo, and so for {@code ImSessions} over HTTP. Every test ends all its sessions. */
abstract class DevicesContract {

    static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    static final String IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

    private final List<DemoBrowser> browsers = new ArrayList<>();
    private final Set<String> users = ConcurrentHashMap.newKeySet();

    /** Asserts that the store keeps nothing at all, if it can be looked into. */
    abstract void assertNothingIsLeft();

    @AfterEach
    void logOutAndLeaveNothing() {
        for (String user : users) {
            browser().logIn(user).post("/api/devices/end-all");
        }
        browsers.forEach(browser -> browser.post("/api/logout"));
        assertNothingIsLeft();
    }

    @Test
    void bothBrowsersOfAUserSeeBothAndKnowThemselves() {
        DemoBrowser one = browser(FIREFOX).logIn("Ada");
        DemoBrowser other = browser(IPHONE).logIn("Ada");

        for (DemoBrowser browser : List.of(one, other)) {
            assertThat(browser.deviceIds()).containsExactlyInAnyOrder(one.id(), other.id());
            assertThat(browser.devices().get(0)).containsEntry("id", browser.id()).containsEntry("current", true);
            assertThat(browser.devices().get(1)).containsEntry("current", false);
            assertThat(browser.page()).containsOnlyOnce("This one").contains("Firefox on Linux", "Safari on iPhone");
        }
        Map<String, Object> device = one.devices().get(0);
        assertThat(device).containsEntry("client", "Firefox on Linux").doesNotContainKeys("label", "renewed")
                .containsKeys("created", "expires");
        assertThat(device.get("address")).isIn("127.0.0.1", "0:0:0:0:0:0:0:1", "::1");
    }

    @Test
    void nobodySeesTheDevicesOfAnother() {
        DemoBrowser ada = browser().logIn("Ada");
        DemoBrowser bob = browser().logIn("Bob");
        assertThat(ada.deviceIds()).containsExactly(ada.id());
        assertThat(bob.page()).doesNotContain(ada.id());
    }

    @Test
    void whoeverIsNotLoggedInHasNoDevices() {
        DemoBrowser nobody = browser();
        assertThat(nobody.page()).contains("Nobody is logged in here");
        assertThat(nobody.get("/api/devices").statusCode()).isEqualTo(401);
        assertThat(nobody.post("/api/devices/end-others").statusCode()).isEqualTo(401);
        assertThat(nobody.post("/api/devices/end-all").statusCode()).isEqualTo(401);
        assertThat(nobody.delete("/api/devices/" + "A".repeat(22)).statusCode()).isEqualTo(401);
        assertThat(nobody.post("/api/switch-user?user=Ada").statusCode()).isEqualTo(401);
        assertThat(nobody.post("/devices/end-all").statusCode()).isEqualTo(303);
        assertThat(nobody.token()).isNull();
    }

    @Test
    void aDeviceThatAnotherEndsIsAnonymousAtItsNextClick() {
        DemoBrowser one = browser().logIn("Ada");
        DemoBrowser other = browser().logIn("Ada");
        String ended = other.id();

        one.submit("/devices/" + ended + "/end");

        HttpResponse<String> click = other.get("/devices");
        assertThat(click.statusCode()).isEqualTo(200);
        assertThat(click.body()).contains("Nobody is logged in here").doesNotContain("Ada");
        assertThat(other.post("/devices/end-all").statusCode()).isEqualTo(303);
        assertThat(one.deviceIds()).containsExactly(one.id());
        assertThat(other.logIn("Ada").id()).isNotEqualTo(ended);
    }

    /** A late response to an old token must not take away the cookie that was set meanwhile. */
    @Test
    void theCookieOfADeviceThatWasEndedIsLeftAlone() {
        DemoBrowser one = browser().logIn("Ada");
        DemoBrowser other = browser().logIn("Ada");
        assertThat(one.delete("/api/devices/" + other.id()).statusCode()).isEqualTo(204);

        assertThat(other.get("/devices").headers().allValues("set-cookie")).isEmpty();
    }

    @Test
    void endingThisDeviceIsALogOut() {
        DemoBrowser one = browser().logIn("Ada");
        DemoBrowser other = browser().logIn("Ada");

        HttpResponse<String> response = one.delete("/api/devices/" + one.id());

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(Client.token(response)).contains("");
        assertThat(other.deviceIds()).containsExactly(other.id());
    }

    @Test
    void endAllOthersSparesThisDeviceAndOtherUsers() {
        DemoBrowser one = browser().logIn("Ada");
        List<DemoBrowser> others = List.of(browser().logIn("Ada"), browser().logIn("Ada"), browser().logIn("Ada"));
        DemoBrowser bob = browser().logIn("Bob");
        String token = one.token();

        others.get(0).delete("/api/devices/" + others.get(1).id());
        one.submit("/devices/end-others");

        assertThat(others).noneMatch(DemoBrowser::isLoggedIn);
        assertThat(one.token()).isEqualTo(token);
        assertThat(one.deviceIds()).containsExactly(one.id());
        assertThat(one.page()).doesNotContain("End all others");
        assertThat(bob.isLoggedIn()).isTrue();
        assertThat(ended(one.post("/api/devices/end-others"))).isZero();
    }

    @Test
    void logOutEverywhereEndsAllDevicesOfThisUserOnly() {
        DemoBrowser one = browser().logIn("Ada");
        DemoBrowser other = browser().logIn("Ada");
        DemoBrowser bob = browser().logIn("Bob");
        String token = one.token();

        one.submit("/devices/end-all");

        assertThat(one.token()).isNull();
        one.setToken(token);
        assertThat(one.isLoggedIn()).isFalse();
        assertThat(other.isLoggedIn()).isFalse();
        assertThat(bob.deviceIds()).containsExactly(bob.id());
    }

    @Test
    void aDeviceIsCalledAsItsUserWants() {
        DemoBrowser one = browser(FIREFOX).logIn("Ada");
        DemoBrowser other = browser(IPHONE).logIn("Ada");
        one.submit("/devices/name", "name", "  Ada's desk ");

        assertThat(other.devices().get(1)).containsEntry("label", "Ada's desk").containsEntry("client", "Firefox on Linux");
        assertThat(other.page()).contains("<span class=\"name\">Ada&#39;s desk</span>");

        one.submit("/devices/name", "name", "x".repeat(128));
        assertThat(one.post("/devices/name", "name", "x".repeat(129)).statusCode()).isEqualTo(400);
        assertThat(one.devices().get(0)).containsEntry("label", "x".repeat(128));

        one.submit("/devices/name", "name", " ");
        assertThat(one.devices().get(0)).doesNotContainKey("label");
    }

    @Test
    void whenTheTokenWasRenewedIsShown() {
        DemoBrowser one = browser().logIn("Ada");
        assertThat(one.page()).doesNotContain("Renewed");
        assertThat(one.post("/api/renew").statusCode()).isEqualTo(200);
        assertThat(one.devices().get(0)).containsKey("renewed");
        assertThat(one.page()).contains("Renewed");
    }

    @Test
    void changeOfUserLeavesNothingUnderTheOldName() {
        DemoBrowser moving = browser().logIn("7");
        DemoBrowser seven = browser().logIn("7");
        DemoBrowser eight = browser().logIn("8");
        String id = moving.id();

        assertThat(moving.post("/api/switch-user?user=8").statusCode()).isEqualTo(200);

        assertThat(moving.id()).isEqualTo(id);
        assertThat(moving.session().getString("data.principal")).isEqualTo("8");
        assertThat(seven.deviceIds()).containsExactly(seven.id());
        assertThat(eight.deviceIds()).containsExactlyInAnyOrder(id, eight.id());
        assertThat(seven.delete("/api/devices/" + id).statusCode()).isEqualTo(404);
        assertThat(ended(seven.post("/api/devices/end-all"))).isEqualTo(1);
        assertThat(moving.isLoggedIn()).isTrue();
        assertThat(ended(eight.post("/api/devices/end-all"))).isEqualTo(2);
    }

    @Test
    void anotherLogInInTheSameBrowserLeavesNothingUnderTheOldName() {
        DemoBrowser browser = browser().logIn("7");
        String id = browser.id();
        browser.logIn("8");
        assertThat(browser.id()).isNotEqualTo(id);
        assertThat(browser().logIn("7").deviceIds()).hasSize(1).doesNotContain(id, browser.id());
        assertThat(browser.deviceIds()).containsExactly(browser.id());
    }

    @Test
    void pagesOfDevicesAreNotKeptByCaches() {
        DemoBrowser ada = browser().logIn("Ada");
        for (String path : List.of("/devices", "/api/devices")) {
            assertThat(ada.get(path).headers().firstValue("cache-control")).contains("no-store");
        }
    }

    @Test
    void eventsTellWhatHappened() {
        Map<String, Integer> before = events();
        DemoBrowser one = browser().logIn("Ada");
        DemoBrowser other = browser().logIn("Ada");
        String dead = other.token();
        one.post("/api/renew");
        one.delete("/api/devices/" + other.id());
        other.setToken(dead);
        other.get("/api/session");
        other.setToken("malformed");
        other.get("/api/session");
        other.setToken(one.id() + '.' + "A".repeat(32));
        other.get("/api/session");
        one.post("/api/logout");

        Awaitility.await().untilAsserted(() -> {
            Map<String, Integer> after = events();
            assertThat(increase(before, after, "created")).isGreaterThanOrEqualTo(2);
            for (String kind : List.of("renewed", "ended by administration", "ended by request", "refused as unknown",
                    "refused as malformed", "refused as wrong secret")) {
                assertThat(increase(before, after, kind)).as(kind).isPositive();
            }
        });
    }

    private Map<String, Integer> events() {
        return JsonPath.from(browser().get("/api/events").body()).getMap("");
    }

    private static int increase(Map<String, Integer> before, Map<String, Integer> after, String kind) {
        return after.getOrDefault(kind, 0) - before.getOrDefault(kind, 0);
    }

    DemoBrowser browser() {
        return browser("Test");
    }

    DemoBrowser browser(String userAgent) {
        DemoBrowser browser = new DemoBrowser(userAgent, users::add);
        browsers.add(browser);
        return browser;
    }

    static int ended(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return JsonPath.from(response.body()).getInt("ended");
    }

    static <T> List<T> all(List<CompletableFuture<T>> futures) {
        return futures.stream().map(CompletableFuture::join).toList();
    }
}
