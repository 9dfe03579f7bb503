package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.runtime.oidc.OidcReferences;
import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;

/** Cookies in which OIDC has kept tokens before there were sessions become sessions. */
@Tag("further")
class OidcTakeOverTest extends OidcContract {

    private static final int REQUESTS = 20;

    @RegisterExtension
    static final TestApp APP = app(OldOidcCookie.class)
            .config("quarkus.oidc.token.refresh-expired", "true")
            .config("quarkus.imsession.security.quarkus-cookies", "take-over")
            .config("quarkus.imsession.renewal.grace", "4S")
            .config("quarkus.imsession.exclude-paths", "/bye");

    @Inject
    ImSessions sessions;

    @BeforeEach
    void nobodyIsLoggedIn() {
        tell("user", "bob");
        sessions.stream("principal", "bob").toList().forEach(session -> sessions.destroy(session.id()));
    }

    private static Visitor with(Map<String, String> cookies) {
        Visitor visitor = visitor();
        visitor.cookies().putAll(cookies);
        return visitor;
    }

    @Test
    void cookieBecomesASessionWithTokensAndReferences() {
        tell("sid", "t1");
        Visitor bob = with(OldOidcCookie.of(provider()));
        assertThat(bob.get("/user").body()).isEqualTo("bob bob [user]");
        assertThat(bob.cookies()).containsOnlyKeys("connsid");
        assertThat(bob.get("/tokens").body()).isEqualTo("bob bob Default true true true");
        assertThat(sessions.count("oidc.sid", OidcReferences.of(provider(), "t1"))).isEqualTo(1);
        assertThat(sessions.count("oidc.sub", OidcReferences.of(provider(), "sub-bob"))).isEqualTo(1);
        assertThat(count("authorize")).isEqualTo(1);
        assertThat(visitor().post("/back-channel-logout",
                "logout_token=" + TestProvider.logoutToken(provider(), "sid=%22t1%22")).statusCode()).isEqualTo(200);
        assertThat(bob.get("/user").statusCode()).isEqualTo(302);
    }

    @Test
    void severalCookiesOfOneLogInBecomeASession() {
        tell("tokenSize", 9000);
        Map<String, String> chunks = OldOidcCookie.of(provider());
        assertThat(chunks).hasSizeGreaterThan(2);
        tell("tokenSize", 0);
        for (Map<String, String> cookies : List.of(chunks, with(OldOidcCookie.of(provider())).cookies())) {
            Visitor bob = with(cookies);
            assertThat(bob.get("/user").body()).isEqualTo("bob bob [user]");
            assertThat(bob.cookies()).containsOnlyKeys("connsid");
        }
    }

    @Test
    void parallelRequestsMakeOneSessionAndRefreshOnce() {
        tell("idLifetime", -1);
        Visitor bob = with(OldOidcCookie.of(provider()));
        tell("idLifetime", 300);
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            responses.add(bob.getLater("/user"));
        }
        responses.forEach(response -> assertThat(response.join().body()).isEqualTo("bob bob [user]"));
        assertThat(sessions.count("principal", "bob")).isEqualTo(1);
        assertThat(count("refresh")).isEqualTo(1);
        bob.keep(responses.get(0).join());
        assertThat(bob.get("/tokens").body()).isEqualTo("bob bob Default true true true");
    }

    @Test
    void cookieOpensNothingAfterItsSessionHasEnded() {
        for (String path : new String[] { "/logout", "/local-logout", "/end" }) {
            Map<String, String> cookie = OldOidcCookie.of(provider());
            Visitor bob = with(cookie);
            bob.get("/user");
            bob.get(path);
            Visitor thief = with(cookie);
            assertThat(thief.get("/user").statusCode()).as(path).isEqualTo(302);
            assertThat(thief.cookies()).as(path).doesNotContainKey("q_session");
            assertThat(thief.get("/who").body()).isEqualTo("- -");
        }
    }

    @Test
    void otherTextOfAUsedCookieOpensNothing() {
        String cookie = OldOidcCookie.of(provider()).get("q_session");
        Visitor bob = with(Map.of("q_session", cookie));
        assertThat(bob.get("/user").statusCode()).isEqualTo(200);
        bob.get("/local-logout");
        for (String text : List.of(cookie + "=", cookie.replaceFirst("\\.", "=."))) {
            assertThat(with(Map.of("q_session", text)).get("/user").statusCode()).as(text).isEqualTo(302);
        }
    }

    @Test
    void firstRequestMayBeTheLogOut() {
        Map<String, String> cookie = OldOidcCookie.of(provider());
        Visitor bob = with(cookie);
        assertThat(bob.get("/logout").headers().firstValue("Location").orElseThrow()).startsWith(provider() + "/logout");
        assertThat(bob.cookies()).doesNotContainKeys("connsid", "q_session");
        assertThat(with(cookie).get("/user").statusCode()).isEqualTo(302);
    }

    @Test
    void cookieOpensNothingOnceItsSessionIsKnownToTheBrowser() {
        Map<String, String> cookie = OldOidcCookie.of(provider());
        Visitor bob = with(cookie);
        bob.get("/user");
        Awaitility.await().until(() -> with(cookie).get("/user").statusCode() == 302);
        assertThat(bob.get("/user").body()).isEqualTo("bob bob [user]");
    }

    @Test
    void cookieOfASessionThatTheProviderHasEndedOpensNothing() {
        tell("sid", "t2");
        Visitor bob = with(OldOidcCookie.of(provider()));
        visitor().post("/back-channel-logout", "logout_token=" + TestProvider.logoutToken(provider(), "sid=%22t2%22"));
        assertThat(bob.get("/who").statusCode()).isEqualTo(302);
        assertThat(bob.cookies().keySet()).allMatch(name -> name.startsWith("q_auth"));
        assertThat(bob.get("/user").statusCode()).isEqualTo(302);
    }

    @Test
    void damagedForeignAndExpiredCookiesAreANewLogIn() {
        tell("idLifetime", -1000);
        Map<String, String> expired = OldOidcCookie.of(provider());
        tell("idLifetime", 300);
        Map<String, String> good = OldOidcCookie.of(provider());
        List<Map<String, String>> all = new ArrayList<>(
                List.of(Map.of("q_session", "rubbish"), Map.of("q_session", "a.b.c.d.e"),
                        Map.of("q_session_chunk_1", "x", "q_session_chunk_9", "y"), Map.of("q_session_at", "x"), expired,
                        OldOidcCookie.of(provider(), "another key of 32 characters, for the cookie")));
        Map<String, String> cut = new HashMap<>();
        good.forEach((name, value) -> cut.put(name, value.substring(0, value.length() - 10)));
        all.add(cut);
        for (Map<String, String> cookies : all) {
            Visitor visitor = with(cookies);
            HttpResponse<String> first = visitor.get("/user");
            assertThat(first.statusCode()).as("%s", cookies.keySet()).isEqualTo(302);
            assertThat(visitor.visit("/user").body()).isEqualTo("bob bob [user]");
            assertThat(visitor.cookies().keySet()).noneMatch(name -> name.startsWith("q_session"));
        }
    }

    @Test
    void tokensOfAnotherSignerAreRefusedWithoutALoop() {
        Visitor visitor = with(OldOidcCookie.forged(provider()));
        assertThat(visitor.get("/user").statusCode()).isIn(302, 401);
        assertThat(visitor.visit("/user").statusCode()).isEqualTo(200);
    }

    @Test
    void visitorKeepsTheData() {
        Visitor visitor = visitor();
        visitor.get("/data?cart=7");
        visitor.cookies().putAll(OldOidcCookie.of(provider()));
        assertThat(visitor.get("/user").body()).startsWith("bob");
        assertThat(visitor.get("/data").body()).contains("cart=7");
    }

    @Test
    void cookieIsAsFreshAsTheProviderSays() {
        assertThat(with(OldOidcCookie.of(provider())).get("/fresh").statusCode()).isEqualTo(200);
        tell("authTime", 1000);
        assertThat(with(OldOidcCookie.of(provider())).get("/fresh").statusCode()).isEqualTo(302);
    }

    @Test
    void cookieOpensNothingAndStaysWherePathsHaveNoSessions() {
        Visitor bob = with(OldOidcCookie.of(provider()));
        assertThat(bob.get("/bye").headers().allValues("Set-Cookie")).isEmpty();
        assertThat(bob.get("/user").body()).isEqualTo("bob bob [user]");
    }
}
