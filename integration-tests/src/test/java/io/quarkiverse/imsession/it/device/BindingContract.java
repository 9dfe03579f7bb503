package io.quarkiverse.imsession.it.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.SocketClient;
import io.quarkiverse.imsession.test.device.DeviceBrowser;
import io.quarkiverse.imsession.test.device.SoftwareKey;
import io.restassured.RestAssured;

/** The demo, with sessions that browsers bind to their device. */
abstract class BindingContract {

    /** What can be overridden when the application is packaged. */
    static final Map<String, String> SETTINGS = Map.of("quarkus.imsession.device-bound.enabled", "true",
            "quarkus.imsession.device-bound.grace", "0S");

    private static final String SESSION = "connsid";
    private static final String BOUND = "connsid-bound";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int TABS = 5;
    private static final int FLOOD = 1000;
    private static final int SENDERS = 20;

    @Test
    void copiedCookieIsRefusedWhileTheFirstBrowserGoesOn() {
        DeviceBrowser ada = bound();
        DeviceBrowser copy = ada.thief();
        assertThat(isLoggedIn(copy)).as("with both cookies").isTrue();
        copy.dropCookie(BOUND);
        assertThat(isLoggedIn(copy)).as("when the bound cookie has expired").isFalse();
        assertThat(copy.cookie(SESSION)).as("it is not removed").isNotNull();
        ada.dropCookie(BOUND);
        assertThat(isLoggedIn(ada)).isTrue();
        assertThat(ada.refreshes()).isOne();
    }

    @Test
    void whoeverHasNeitherOfferNorKeyGetsNothing() {
        DeviceBrowser ada = bound();
        DeviceBrowser thief = ada.thief();
        assertThat(ada.refresh((String) null).statusCode()).isEqualTo(403);
        String challenge = ada.challenge();
        for (String proof : List.of(SoftwareKey.p256().refresh(challenge), SoftwareKey.rsa(2048).refresh(challenge),
                SoftwareKey.p256().registration(challenge, null), "e30.e30.")) {
            HttpResponse<String> refused = ada.refresh(proof);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.headers().allValues("Set-Cookie")).isEmpty();
        }
        thief.dropCookie(BOUND);
        assertThat(isLoggedIn(thief)).isFalse();
        assertThat(ada.refresh()).isEqualTo(200);
    }

    @Test
    void aThousandRegistrationsAtOnceBindNothingAndKeepNobodyOut() {
        DeviceBrowser ada = new DeviceBrowser(address()).lazy();
        logIn(ada);
        DeviceBrowser.Offer offer = ada.offer();
        SoftwareKey key = SoftwareKey.p256();
        List<String> proofs = List.of("e30.e30.", key.registration(offer.challenge(), null),
                key.registration("another", offer.authorization()),
                SoftwareKey.p256().jwt(key.registrationHeader(),
                        SoftwareKey.claims(offer.challenge(), offer.authorization())));
        DeviceBrowser stranger = DeviceBrowser.ofBefore(address());
        Set<Integer> answers = ConcurrentHashMap.newKeySet();
        CompletableFuture<Void> flood = CompletableFuture
                .allOf(IntStream.range(0, SENDERS).mapToObj(sender -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < FLOOD / SENDERS; i++) {
                        answers.add(stranger.register(offer, proofs.get(i % proofs.size())).statusCode());
                    }
                }, task -> new Thread(task, "flood").start())).toArray(CompletableFuture[]::new));
        do {
            assertThat(isLoggedIn(ada)).isTrue();
        } while (!flood.isDone());
        flood.join();
        // Of those whose signatures have to be verified, some may be too many at once.
        assertThat(answers).contains(400).isSubsetOf(400, 503);
        assertThat(stranger.cookies()).isEmpty();
        ada.register();
        assertThat(ada.isBound()).isTrue();
    }

    @Test
    void browserWithoutTheProtocolWorksAsBefore() {
        DeviceBrowser ada = DeviceBrowser.ofBefore(address());
        logIn(ada);
        assertThat(isLoggedIn(ada)).isTrue();
        assertThat(ada.cookies()).containsExactly(SESSION);
    }

    @Test
    void allTabsGoOnAndNoChangeIsLost() {
        DeviceBrowser ada = bound();
        int before = views(ada.get("/api/views"));
        for (int round = 0; round < 4; round++) {
            ada.dropCookie(BOUND);
            List<CompletableFuture<HttpResponse<String>>> tabs = IntStream.range(0, TABS)
                    .mapToObj(tab -> ada.getLater("/api/views")).toList();
            assertThat(tabs.stream().map(CompletableFuture::join).map(HttpResponse::statusCode)).containsOnly(200);
        }
        assertThat(views(ada.get("/api/views"))).isEqualTo(before + 4 * TABS + 1);
    }

    @Test
    void keysOfRsaBindToo() {
        SoftwareKey key = SoftwareKey.rsa(2048);
        DeviceBrowser ada = new DeviceBrowser(address(), () -> key);
        logIn(ada);
        assertThat(ada.isBound()).isTrue();
        assertThat(ada.refresh()).isEqualTo(200);
    }

    @Test
    void logOutEndsTheBinding() {
        DeviceBrowser ada = bound();
        ada.post("/api/logout", "");
        assertThat(isLoggedIn(ada)).isFalse();
        assertThat(ada.isBound()).as("told at the next request").isFalse();
        assertThat(ada.cookies()).isEmpty();
    }

    @Test
    void handshakeOfASocketNeedsTheDevice() throws Exception {
        DeviceBrowser ada = bound();
        try (SocketClient socket = SocketClient.open(RestAssured.port, "/api/presence", "Cookie", SESSION + "="
                + ada.cookie(SESSION) + "; " + BOUND + "=" + ada.cookie(BOUND))) {
            assertThat(socket.receive()).isEqualTo("Hello Ada");
        }
        try (SocketClient socket = SocketClient.open(RestAssured.port, "/api/presence", "Cookie",
                SESSION + "=" + ada.cookie(SESSION))) {
            assertThat(socket.receive()).isEqualTo("Hello stranger");
        }
    }

    static String address() {
        return "http://localhost:" + RestAssured.port;
    }

    /** A browser whose session is bound, and whose bound cookie the application has seen. */
    static DeviceBrowser bound() {
        DeviceBrowser browser = new DeviceBrowser(address());
        logIn(browser);
        assertThat(browser.isBound()).isTrue();
        assertThat(isLoggedIn(browser)).isTrue();
        await().atMost(PATIENCE).until(() -> {
            DeviceBrowser thief = browser.thief();
            thief.dropCookie(BOUND);
            return !isLoggedIn(thief);
        });
        return browser;
    }

    private static void logIn(DeviceBrowser browser) {
        assertThat(browser.post("/api/login?user=Ada", "").statusCode()).isEqualTo(200);
    }

    private static boolean isLoggedIn(DeviceBrowser browser) {
        HttpResponse<String> response = browser.get("/api/session");
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body().contains("\"principal\":\"Ada\"");
    }

    private static int views(HttpResponse<String> response) {
        return Integer.parseInt(response.body().strip().substring("views: ".length()));
    }
}
