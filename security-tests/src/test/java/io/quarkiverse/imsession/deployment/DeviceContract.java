package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.docs.BoundTransfers;
import io.quarkiverse.imsession.test.device.DeviceBrowser;
import io.quarkiverse.imsession.test.device.SoftwareKey;
import io.restassured.RestAssured;

/** Sessions that are bound to the device of their browser, by log-ins, wherever they are kept. */
abstract class DeviceContract {

    private static final String SESSION = "connsid";
    private static final String BOUND = "connsid-bound";
    /** How long a slow machine may take. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    static TestApp app() {
        return LoginContract.app().with(DeviceContract.class, DeviceResource.class, BoundTransfers.class)
                .config("quarkus.imsession.device-bound.enabled", "true")
                .config("quarkus.imsession.device-bound.grace", "0S")
                .config("quarkus.imsession.device-bound.required-for", "/by-policy/admin,/transfers/*");
    }

    static DeviceBrowser browser() {
        return new DeviceBrowser("http://localhost:" + RestAssured.port);
    }

    /** A browser whose session is bound, and whose bound cookie the application has seen. */
    static DeviceBrowser bound(String user) {
        DeviceBrowser browser = browser();
        logIn(browser, user);
        awaitBinding(browser);
        return browser;
    }

    static void awaitBinding(DeviceBrowser browser) {
        assertThat(browser.isBound()).isTrue();
        assertThat(body(browser, "/device/bound")).isEqualTo("true");
        // No request waits until the binding is stored as seen.
        await().atMost(PATIENCE).until(() -> body(browser.thief(), "/device/bound"),
                seen -> seen.equals("true"));
        await().atMost(PATIENCE).until(() -> {
            DeviceBrowser thief = browser.thief();
            thief.dropCookie(BOUND);
            return body(thief, "/device/bound");
        }, seen -> seen.equals("-"));
    }

    static void logIn(DeviceBrowser browser, String user) {
        assertThat(browser.get("/login?user=" + user + "&roles=admin").statusCode()).isEqualTo(200);
    }

    static String body(DeviceBrowser browser, String path) {
        return browser.get(path).body();
    }

    /** Another browser with the session cookie alone. */
    private static DeviceBrowser thiefOfTheSessionCookie(DeviceBrowser browser) {
        DeviceBrowser thief = browser.thief();
        thief.dropCookie(BOUND);
        return thief;
    }

    @Test
    void stolenSessionCookieOpensNothingAndTheUserGoesOn() {
        DeviceBrowser ada = bound("ada");
        DeviceBrowser thief = thiefOfTheSessionCookie(ada);

        HttpResponse<String> refused = thief.get("/user");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().allValues("Set-Cookie")).as("the cookie of a user is not removed").isEmpty();
        assertThat(body(thief, "/who")).isEqualTo("-");
        assertThat(thief.get("/admin").statusCode()).isEqualTo(401);
        assertThat(body(ada, "/user")).isEqualTo("ada");
    }

    @Test
    void stolenCookiesEndWithTheBoundCookieAndNoOtherKeyGetsANewOne() {
        DeviceBrowser ada = bound("ada");
        DeviceBrowser thief = ada.thief();
        assertThat(body(thief, "/user")).as("for minutes").isEqualTo("ada");
        String expired = ada.cookie(BOUND);
        thief.setCookie(BOUND, "1" + expired.substring(1));
        assertThat(thief.get("/user").statusCode()).as("with another time").isEqualTo(401);

        HttpResponse<String> challenged = ada.refresh((String) null);
        assertThat(challenged.statusCode()).isEqualTo(403);
        HttpResponse<String> refused = ada.refresh(SoftwareKey.p256().refresh(ada.challenge()));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().allValues("Set-Cookie")).isEmpty();
        ada.dropCookie(BOUND);
        assertThat(body(ada, "/user")).as("the user goes on").isEqualTo("ada");
    }

    @Test
    void thiefWhoRegistersFirstIsRefused() {
        DeviceBrowser ada = browser().lazy();
        logIn(ada, "ada");
        DeviceBrowser.Offer offer = ada.offer();
        DeviceBrowser thief = ada.thief();
        SoftwareKey key = SoftwareKey.p256();
        String id = ada.cookie(SESSION).substring(0, 22);

        // The thief knows what is in the cookie, and all of the protocol.
        for (String guess : List.of(ada.cookie(SESSION), id + '.' + "A".repeat(43), id)) {
            assertThat(thief.register(offer, key.registration(offer.challenge(), guess)).statusCode()).isEqualTo(400);
        }
        assertThat(thief.register(offer, key.registration(offer.challenge(), null)).statusCode()).isEqualTo(400);
        assertThat(thief.register(offer, key.refresh(offer.challenge())).statusCode()).isEqualTo(400);

        ada.register();
        awaitBinding(ada);
        assertThat(thief.get("/user").statusCode()).isEqualTo(401);
    }

    @Test
    void offerIsGoodForOneKey() {
        DeviceBrowser ada = browser().lazy();
        logIn(ada, "ada");
        DeviceBrowser.Offer offer = ada.offer();
        ada.register();
        awaitBinding(ada);
        SoftwareKey other = SoftwareKey.p256();
        assertThat(ada.register(offer, other.registration(offer.challenge(), offer.authorization())).statusCode())
                .isEqualTo(400);
        assertThat(ada.refresh()).as("the first key stays").isEqualTo(200);
    }

    @Test
    void registrationNeedsNoCookie() {
        DeviceBrowser ada = browser().lazy();
        logIn(ada, "ada");
        DeviceBrowser.Offer offer = ada.offer();
        HttpResponse<String> registered = browser().register(offer,
                SoftwareKey.rsa(2048).registration(offer.challenge(), offer.authorization()));
        assertThat(registered.statusCode()).isEqualTo(200);
        assertThat(registered.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(registered.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(registered.headers().allValues("Set-Cookie")).singleElement().asString().startsWith(BOUND + "=")
                .contains("; Max-Age=600; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void browserWithoutTheProtocolWorksAsBefore() {
        DeviceBrowser ada = DeviceBrowser.ofBefore("http://localhost:" + RestAssured.port);
        logIn(ada, "ada");
        assertThat(body(ada, "/user")).isEqualTo("ada");
        assertThat(body(ada, "/device/bound")).isEqualTo("false");
        assertThat(ada.cookies()).containsExactly(SESSION);
        ada.get("/logout");
        assertThat(ada.cookies()).isEmpty();
    }

    @Test
    void visitorsGetNoOffer() {
        DeviceBrowser visitor = browser().lazy();
        visitor.get("/set?field=cart&value=tea");
        assertThat(visitor.offer()).isNull();
        visitor.get("/device/renew");
        assertThat(visitor.offer()).isNotNull();
    }

    @Test
    void failedLogInOffersNothing() {
        HttpResponse<String> failed = browser().get("/login-and-fail");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.headers().map()).doesNotContainKey("Secure-Session-Registration");
    }

    @Test
    void boundCookieIsRenewedWithoutTheUserNoticing() {
        DeviceBrowser ada = bound("ada");
        for (int i = 1; i <= 3; i++) {
            ada.dropCookie(BOUND);
            assertThat(body(ada, "/device/bound")).isEqualTo("true");
            assertThat(ada.refreshes()).isEqualTo(i);
        }
        assertThat(ada.registrations()).isEqualTo(1);
    }

    @Test
    void tabsInParallelNeverLoseTheSession() {
        DeviceBrowser ada = bound("ada");
        for (int round = 1; round <= 5; round++) {
            ada.dropCookie(BOUND);
            List<CompletableFuture<HttpResponse<String>>> tabs = IntStream.range(0, 6)
                    .mapToObj(tab -> ada.getLater("/device/views")).toList();
            assertThat(tabs.stream().map(CompletableFuture::join).map(HttpResponse::statusCode)).containsOnly(200);
        }
        assertThat(body(ada, "/device/views")).as("no change is lost").isEqualTo("31");
    }

    /** A browser asks once at a time for all its tabs; nothing coordinates these two. */
    @Test
    void twoRefreshesInParallelBothSucceed() {
        DeviceBrowser ada = bound("ada");
        List<DeviceBrowser> tabs = Stream.generate(() -> ada.at("http://localhost:" + RestAssured.port)).limit(2).toList();
        List<CompletableFuture<Integer>> refreshed = tabs.stream().map(tab -> CompletableFuture.supplyAsync(tab::refresh))
                .toList();
        assertThat(refreshed.stream().map(CompletableFuture::join)).as("each within a few challenges").containsOnly(200);
        tabs.forEach(tab -> assertThat(body(tab, "/user")).isEqualTo("ada"));
    }

    @Test
    void proofIsGoodOnce() {
        DeviceBrowser ada = bound("ada");
        ada.refresh((String) null);
        String proof = ada.key().refresh(ada.challenge());
        assertThat(ada.refresh(proof).statusCode()).isEqualTo(200);
        HttpResponse<String> again = ada.thief().send(ada.refreshUrl().getPath(),
                HttpRequest.newBuilder().header("Sec-Secure-Session-Id", '"' + ada.session() + '"')
                        .header("Secure-Session-Response", '"' + proof + '"').POST(BodyPublishers.noBody()));
        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(again.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void answerToARefreshThatIsLostCostsNothing() {
        DeviceBrowser ada = bound("ada");
        ada.refresh((String) null);
        ada.refresh(ada.key().refresh(ada.challenge()));
        ada.dropCookie(BOUND);
        assertThat(body(ada, "/user")).isEqualTo("ada");
    }

    @Test
    void renewalKeepsTheBindingAndKillsTheOldToken() {
        DeviceBrowser ada = bound("ada");
        DeviceBrowser old = ada.thief();
        ada.get("/device/renew");
        assertThat(ada.registrations()).isEqualTo(1);
        assertThat(body(ada, "/device/bound")).isEqualTo("true");
        assertThat(body(old, "/device/bound")).isEqualTo("-");
        assertThat(ada.refresh()).isEqualTo(200);
    }

    @Test
    void logInOfTheSameUserKeepsTheBinding() {
        DeviceBrowser ada = bound("ada");
        logIn(ada, "ada");
        assertThat(ada.registrations()).isEqualTo(1);
        assertThat(body(ada, "/device/bound")).isEqualTo("true");
    }

    @Test
    void anotherUserOfTheBrowserIsBoundAnew() {
        DeviceBrowser browser = bound("ada");
        String first = browser.session();
        logIn(browser, "bob");
        assertThat(browser.session()).isNotEqualTo(first);
        awaitBinding(browser);
        assertThat(body(browser, "/user")).isEqualTo("bob");
    }

    @Test
    void logOutEndsTheBindingOfTheBrowser() {
        DeviceBrowser ada = bound("ada");
        ada.get("/logout");
        assertThat(ada.cookies()).isEmpty();
        assertThat(body(ada, "/who")).isEqualTo("-");
        assertThat(ada.isBound()).as("it was told at the next request").isFalse();
        logIn(ada, "ada");
        awaitBinding(ada);
    }

    @Test
    void logOutEverywhereEndsTheBindingsOfAllBrowsers() {
        DeviceBrowser phone = bound("eve");
        DeviceBrowser laptop = bound("eve");
        laptop.get("/logout-everywhere");
        phone.dropCookie(BOUND);
        assertThat(body(phone, "/who")).isEqualTo("-");
        assertThat(phone.isBound()).isFalse();
    }

    @Test
    void refreshOfASessionThatTheBrowserReplacedEndsThatOne() {
        DeviceBrowser ada = bound("ada");
        DeviceBrowser other = bound("ada");
        ada.setCookie(SESSION, other.cookie(SESSION));
        assertThat(ada.refresh()).isEqualTo(200);
        assertThat(ada.isBound()).isFalse();
        assertThat(body(other, "/user")).isEqualTo("ada");
    }

    @Test
    void refreshIsOneAlsoIfAnotherSiteCausedIt() {
        DeviceBrowser ada = bound("ada");
        HttpRequest.Builder request = HttpRequest.newBuilder().header("Sec-Secure-Session-Id", '"' + ada.session() + '"')
                .header("Sec-Fetch-Site", "cross-site").header("Origin", "https://elsewhere.test")
                .POST(BodyPublishers.noBody());
        HttpResponse<String> challenged = browser().send(ada.refreshUrl().getPath(), request);
        assertThat(challenged.statusCode()).isEqualTo(403);
        assertThat(challenged.headers().firstValue("Secure-Session-Challenge")).isPresent();
        assertThat(challenged.headers().firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
    }

    @Test
    void refreshOfNoSessionIsRefused() {
        DeviceBrowser ada = bound("ada");
        for (String id : List.of("", "\"\"", "\"x\"", "\"" + "A".repeat(5000) + "\"", "?1", "\"" + ada.session())) {
            HttpResponse<String> refused = browser().send(ada.refreshUrl().getPath(),
                    HttpRequest.newBuilder().header("Sec-Secure-Session-Id", id).POST(BodyPublishers.noBody()));
            assertThat(refused.statusCode()).as(id).isEqualTo(400);
        }
        HttpResponse<String> unknown = browser().send(ada.refreshUrl().getPath(),
                HttpRequest.newBuilder().header("Sec-Secure-Session-Id", '"' + "A".repeat(22) + '"')
                        .POST(BodyPublishers.noBody()));
        assertThat(unknown.statusCode()).isEqualTo(200);
        assertThat(unknown.body()).contains("\"continue\":false");
    }

    @Test
    void proofOfAHundredKilobytesIsRefusedByTheServer() {
        DeviceBrowser ada = bound("ada");
        assertThat(ada.refresh("e".repeat(9_000)).statusCode()).isEqualTo(400);
        HttpRequest.Builder huge = HttpRequest.newBuilder().header("Sec-Secure-Session-Id", '"' + ada.session() + '"')
                .header("Secure-Session-Response", "e".repeat(100_000)).POST(BodyPublishers.noBody());
        try {
            assertThat(browser().send(ada.refreshUrl().getPath(), huge).statusCode()).isEqualTo(431);
        } catch (UncheckedIOException e) {
            // The server closes the connection while the client still sends.
            assertThat(e).hasCauseInstanceOf(IOException.class);
        }
        assertThat(body(ada, "/user")).isEqualTo("ada");
    }

    @Test
    void changeWithoutTheDeviceIsRefusedAndALogInIsANewSession() {
        DeviceBrowser ada = bound("ada");
        DeviceBrowser thief = thiefOfTheSessionCookie(ada);
        HttpResponse<String> refused = thief.get("/set?field=cart&value=tea");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(thief.get("/logout").statusCode()).as("whoever logs out must not believe it").isEqualTo(409);
        logIn(thief, "eve");
        assertThat(body(thief, "/user")).isEqualTo("eve");
        assertThat(body(ada, "/user")).isEqualTo("ada");
    }

    @Test
    void endpointCanAskForTheDevice() {
        DeviceBrowser old = DeviceBrowser.ofBefore("http://localhost:" + RestAssured.port);
        logIn(old, "ada");
        assertThat(old.post("/bound-transfers", "").statusCode()).isEqualTo(403);
        assertThat(bound("ada").post("/bound-transfers", "").body()).isEqualTo("Done");
    }

    @Test
    void pathsThatNeedADeviceRefuseSessionsWithoutOne() {
        DeviceBrowser old = DeviceBrowser.ofBefore("http://localhost:" + RestAssured.port);
        assertThat(old.get("/by-policy/admin").statusCode()).as("without a session").isEqualTo(401);
        logIn(old, "ada");
        HttpResponse<String> refused = old.get("/by-policy/admin");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("bound to your device");
        assertThat(old.get("/by-policy/admin;x").statusCode()).isEqualTo(403);
        assertThat(old.get("/by-policy/user").statusCode()).isEqualTo(200);

        DeviceBrowser ada = bound("ada");
        assertThat(ada.get("/by-policy/admin").statusCode()).isEqualTo(200);
        ada.dropCookie(BOUND);
        assertThat(ada.get("/by-policy/admin").statusCode()).isEqualTo(200);
        assertThat(thiefOfTheSessionCookie(ada).get("/by-policy/admin").statusCode()).isEqualTo(401);
    }
}
