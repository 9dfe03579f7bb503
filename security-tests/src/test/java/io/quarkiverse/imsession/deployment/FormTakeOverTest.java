package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.test.Visitor;

/** Cookies that the form has set before there were sessions become sessions. */
@Tag("further")
class FormTakeOverTest extends FormContract {

    private static final int REQUESTS = 20;

    @RegisterExtension
    static final TestApp APP = app()
            .config("quarkus.imsession.security.quarkus-cookies", "take-over")
            .config("quarkus.imsession.renewal.grace", "4S")
            .config("quarkus.security.users.embedded.roles.bob", "reader")
            .config("quarkus.security.users.embedded.users.carl", "carla")
            .config("quarkus.security.users.embedded.users.dora", "dora")
            .config("quarkus.imsession.exclude-paths", "/by-policy/*")
            .config("quarkus.http.auth.permission.form.paths", "/form/by-policy")
            .config("quarkus.http.auth.permission.form.policy", "authenticated")
            .config("quarkus.http.auth.permission.form.auth-mechanism", "form");

    @Inject
    ImSessions sessions;

    @BeforeEach
    void nobodyIsLoggedIn() {
        sessions.stream(ImSession.PRINCIPAL, "bob").toList().forEach(session -> sessions.destroy(session.id()));
    }

    @Test
    void cookieBecomesASessionAndIsTakenAway() {
        for (String path : new String[] { "/user", "/form/by-policy" }) {
            Visitor bob = withOldCookie("bob");
            assertThat(bob.get(path).body()).isEqualTo("bob");
            assertThat(bob.cookies()).containsOnlyKeys("connsid");
            assertThat(bob.get("/who").body()).isEqualTo("bob[reader]");
            assertThat(sessions.count(ImSession.PRINCIPAL, "bob")).isPositive();
        }
    }

    @Test
    void parallelRequestsMakeOneSession() {
        Visitor bob = withOldCookie("bob");
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            responses.add(bob.getLater(i % 2 == 0 ? "/user" : "/set?field=f" + i + "&value=x"));
        }
        responses.forEach(response -> assertThat(response.join().statusCode()).isIn(200, 204));
        assertThat(sessions.count(ImSession.PRINCIPAL, "bob")).isEqualTo(1);
        for (CompletableFuture<HttpResponse<String>> response : responses) {
            Visitor told = visitor();
            told.keep(response.join());
            assertThat(told.get("/user").body()).isEqualTo("bob");
        }
    }

    @Test
    void cookieOpensNothingAfterItsSessionHasEnded() {
        Visitor bob = withOldCookie("bob");
        Visitor thief = bob.at(address());
        bob.get("/user");
        bob.get("/logout");
        assertSendsToForm(thief.get("/user"));
        assertThat(thief.cookies()).doesNotContainKey(FORM_COOKIE);
    }

    @Test
    void otherTextOfAUsedCookieOpensNothing() {
        String cookie = Stream.of("bob", "dora").map(FormContract::oldCookie).filter(text -> text.endsWith("=")).findAny()
                .orElseThrow();
        Visitor owner = visitor();
        owner.cookies().put(FORM_COOKIE, cookie);
        assertThat(owner.get("/user").statusCode()).isEqualTo(200);
        owner.get("/logout");
        for (String text : List.of(cookie, cookie.replace("=", ""))) {
            Visitor thief = visitor();
            thief.cookies().put(FORM_COOKIE, text);
            assertSendsToForm(thief.get("/user"));
        }
    }

    @Test
    void sharedCachesDoNotKeepTheRemovalOfACookie() {
        Visitor visitor = visitor();
        visitor.cookies().put(FORM_COOKIE, "rubbish");
        HttpResponse<String> response = visitor.get("/get?field=x");
        assertThat(response.headers().allValues("Set-Cookie")).anyMatch(cookie -> cookie.startsWith(FORM_COOKIE + "=;"));
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void cookieOpensNothingOnceItsSessionIsKnownToTheBrowser() {
        Visitor bob = withOldCookie("bob");
        String cookie = bob.cookies().get(FORM_COOKIE);
        bob.get("/user");
        Awaitility.await().until(() -> {
            Visitor thief = visitor();
            thief.cookies().put(FORM_COOKIE, cookie);
            return thief.get("/user").statusCode() == 302;
        });
        assertThat(bob.get("/user").body()).isEqualTo("bob");
    }

    @Test
    void cookieOfAUserWhoWasLoggedOutEverywhereOpensNothing() {
        sessions.destroyAll(ImSession.PRINCIPAL, "carl");
        Visitor carl = withOldCookie("carl");
        assertSendsToForm(carl.get("/user"));
        assertThat(carl.cookies()).doesNotContainKey(FORM_COOKIE);
        assertThat(loggedIn(visitor(), "carl", "carla").get("/user").body()).isEqualTo("carl");
    }

    @Test
    void damagedForeignAndExpiredCookiesAreANewLogIn() throws Exception {
        String expired = oldCookie("bob", KEY, 0);
        Awaitility.await().until(() -> {
            Visitor visitor = visitor();
            visitor.cookies().put(FORM_COOKIE, expired);
            return visitor.get("/user").statusCode() == 302;
        });
        for (String cookie : List.of("rubbish", "=", "AAAA", oldCookie("bob", "another key, of 32 characters too", 1_000_000),
                oldCookie("bob").substring(4), expired, oldCookie("eve"))) {
            Visitor visitor = visitor();
            visitor.cookies().put(FORM_COOKIE, cookie);
            assertSendsToForm(visitor.get("/user"));
            assertThat(visitor.cookies()).as(cookie).doesNotContainKeys(FORM_COOKIE, "connsid");
            assertThat(loggedIn(visitor, "ada", "lovelace").cookies()).containsKey("connsid");
        }
    }

    @Test
    void visitorKeepsTheData() {
        Visitor visitor = visitor();
        visitor.get("/set?field=cart&value=7");
        String before = visitor.cookies().get("connsid");
        visitor.cookies().put(FORM_COOKIE, oldCookie("bob"));
        assertThat(visitor.get("/user").body()).isEqualTo("bob");
        assertThat(visitor.cookies().get("connsid")).isNotEqualTo(before);
        assertThat(sessions.stream(ImSession.PRINCIPAL, "bob")).singleElement()
                .satisfies(session -> assertThat(session.data().get("cart", String.class)).contains("7"));
    }

    @Test
    void cookieIsNoFreshLogIn() {
        assertSendsToForm(withOldCookie("ada").get("/form/fresh"));
    }

    @Test
    void sessionCountsMoreThanACookie() {
        Visitor ada = ada();
        ada.cookies().put(FORM_COOKIE, oldCookie("bob"));
        assertThat(ada.get("/user").body()).isEqualTo("ada");
        assertThat(ada.cookies()).containsOnlyKeys("connsid");
    }

    @Test
    void cookieOpensNothingAndStaysWherePathsHaveNoSessions() {
        Visitor bob = withOldCookie("bob");
        HttpResponse<String> without = bob.get("/by-policy/user");
        assertThat(without.body()).doesNotContain("bob");
        assertThat(without.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(bob.get("/user").body()).isEqualTo("bob");
    }

    @Test
    void otherSiteCannotUseTheCookie() {
        Visitor bob = withOldCookie("bob");
        assertThat(bob.postFrom("cross-site", "/change", "").statusCode()).isEqualTo(403);
        assertThat(bob.get("/user").body()).isEqualTo("bob");
    }

    @Test
    void logInTakesACookieAway() {
        Visitor visitor = withOldCookie("bob");
        assertThat(logIn(visitor, "ada", "lovelace").statusCode()).isEqualTo(302);
        assertThat(visitor.cookies()).containsOnlyKeys("connsid");
        assertThat(visitor.get("/user").body()).isEqualTo("ada");
    }
}
