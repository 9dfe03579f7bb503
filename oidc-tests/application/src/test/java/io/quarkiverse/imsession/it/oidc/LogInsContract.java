package io.quarkiverse.imsession.it.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.SocketClient;
import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.test.common.http.TestHTTPResource;

/** Log-ins by OIDC that live in the session, in an application as the guide of Quarkus has it. */
abstract class LogInsContract {

    @TestHTTPResource("/")
    URI application;

    String provider;

    @BeforeEach
    void reset() {
        TestProvider.tell(provider, "reset", 1);
    }

    @Test
    void userLogsInAndKeepsTheCart() {
        Visitor visitor = visitor();
        visitor.get("/cart?add=7");
        assertThat(visitor.visit("/orders").body()).isEqualTo("Orders of ada");
        assertThat(visitor.get("/cart").body()).isEqualTo("Cart: 7");
        assertThat(visitor.cookies()).containsOnlyKeys("connsid");
    }

    @Test
    void userLogsOut() {
        Visitor visitor = visitor();
        visitor.visit("/orders");
        Visitor stolen = visitor.at(base());
        assertThat(visitor.get("/logout").statusCode()).isEqualTo(302);
        assertThat(stolen.get("/").body()).isEqualTo("nobody");
    }

    @Test
    void userLogsOutHereAndStaysLoggedInAtTheProvider() {
        Visitor visitor = visitor();
        visitor.visit("/orders");
        Visitor stolen = visitor.at(base());
        assertThat(visitor.post("/local-logout", "").body()).isEqualTo("Bye");
        assertThat(stolen.get("/").body()).isEqualTo("nobody");
    }

    @Test
    void userWhoseLogInIsOldIsAskedForThePasswordAgain() {
        TestProvider.tell(provider, "authTime", Instant.now().getEpochSecond() - 3600);
        Visitor visitor = visitor();
        assertThat(visitor.visit("/orders").body()).isEqualTo("Orders of ada");
        String asked = visitor.get("/payment").headers().firstValue("Location").orElseThrow();
        assertThat(asked).contains("prompt=login", "max_age=30");
        assertThat(visitor.visit(asked).body()).isEqualTo("Paid by ada");
    }

    @Test
    void providerEndsTheSession() {
        TestProvider.tell(provider, "sid", "s1");
        Visitor visitor = visitor();
        visitor.visit("/orders");
        String token = TestProvider.logoutToken(provider, "sid=%22s1%22");
        HttpResponse<String> answer = visitor().post("/back-channel-logout", "logout_token=" + token);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(visitor.get("/").body()).isEqualTo("nobody");
        assertThat(visitor().post("/back-channel-logout", "logout_token=" + token).statusCode()).isEqualTo(400);
    }

    @Test
    void logoutTokensThatAreNotRightEndNothing() {
        TestProvider.tell(provider, "sid", "s3");
        Visitor visitor = visitor();
        visitor.visit("/orders");
        for (String change : List.of("iss=%22https://other%22", "aud=%22other%22", "nonce=%22n%22", "events=", "exp=1000",
                "jti=",
                "alg=none", "key=forged", "key=unknown")) {
            String token = TestProvider.logoutToken(provider, "sid=%22s3%22&" + change);
            assertThat(visitor().post("/back-channel-logout", "logout_token=" + token).statusCode()).as(change).isEqualTo(400);
        }
        String large = "logout_token=" + "x".repeat(1024 * 1024);
        assertThat(visitor().post("/back-channel-logout", large).statusCode()).isEqualTo(400);
        assertThat(visitor.get("/orders").body()).isEqualTo("Orders of ada");
        String unknown = TestProvider.logoutToken(provider, "sid=%22never%22");
        assertThat(visitor().post("/back-channel-logout", "logout_token=" + unknown).statusCode()).isEqualTo(200);
    }

    @Test
    void twoTabsThatLogInAsTwoUsersHaveTheSessionOfTheLast() {
        Visitor browser = visitor();
        String adas = answer(browser, "ada");
        String bobs = answer(browser, "bob");
        browser.get(adas);
        browser.get("/cart?add=7");
        Visitor adasTab = browser.at(base());
        assertThat(browser.get(bobs).statusCode()).isEqualTo(302);
        assertThat(browser.get("/").body() + ' ' + browser.get("/cart").body()).isEqualTo("bob Cart: 0");
        assertThat(adasTab.get("/").body()).as("with the cookie of before").isEqualTo("nobody");
    }

    @Test
    void answerThatComesTooLateGoesOnToItsPage() {
        Visitor browser = visitor();
        browser.get("/cart?add=7");
        Visitor tab = browser.at(base());
        String adas = answer(browser, "ada");
        String bobs = answer(tab, "bob");
        browser.get(adas);
        HttpResponse<String> late = tab.get(bobs);
        assertThat(late.statusCode()).isEqualTo(302);
        assertThat(browser.get(late.headers().firstValue("Location").orElseThrow()).body()).isEqualTo("Orders of ada");
        assertThat(tab.get("/").body()).as("with the cookie of before").isEqualTo("nobody");
    }

    private String answer(Visitor tab, String user) {
        String login = tab.get("/orders").headers().firstValue("Location").orElseThrow();
        TestProvider.tell(provider, "user", user);
        return tab.get(login).headers().firstValue("Location").orElseThrow();
    }

    @Test
    void socketClosesWhenTheProviderEndsTheSession() throws Exception {
        TestProvider.tell(provider, "sid", "s4");
        Visitor visitor = visitor();
        visitor.visit("/orders");
        try (SocketClient socket = visitor.openSocket("/news")) {
            assertThat(socket.receive()).isEqualTo("News of ada");
            String token = TestProvider.logoutToken(provider, "sid=%22s4%22");
            visitor().post("/back-channel-logout", "logout_token=" + token);
            assertThat(socket.closed()).isEqualTo("1008 Session ended");
        }
    }

    @Test
    void logInFromANewClientIsToldAndItsLinkEndsIt() {
        TestProvider.tell(provider, "user", "nora");
        Visitor known = new Visitor(base(), "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        known.visit("/orders");
        link(known);
        Visitor stranger = new Visitor(base(), "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1");
        stranger.visit("/orders");
        String link = link(stranger);

        HttpResponse<String> page = visitor().get(link);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("nora has logged in", "Safari on iPhone", "<form method=\"post\"");
        assertThat(stranger.get("/").body()).as("opening it ends nothing").isEqualTo("nora");
        HttpResponse<String> ended = visitor().post(link, "");
        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(ended.body()).contains("That device was logged out.");
        assertThat(stranger.get("/").body()).isEqualTo("nobody");
        assertThat(known.get("/").body()).isEqualTo("nora");
        assertThat(visitor().post(link, "").statusCode()).isEqualTo(404);
        assertThat(visitor().post(link.replace(id(stranger), id(known)), "").statusCode()).isEqualTo(404);
        assertThat(known.get("/").body()).isEqualTo("nora");
    }

    /** The link of the notice of a log-in, when it is there. */
    private String link(Visitor visitor) {
        return Awaitility.await().atMost(Duration.ofMinutes(1))
                .until(() -> visitor().get("/notices?session=" + id(visitor)).body(), link -> !link.isEmpty());
    }

    private static String id(Visitor visitor) {
        return visitor.cookies().get("connsid").substring(0, 22);
    }

    private Visitor visitor() {
        return new Visitor(base());
    }

    private String base() {
        String uri = application.toString();
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }
}
