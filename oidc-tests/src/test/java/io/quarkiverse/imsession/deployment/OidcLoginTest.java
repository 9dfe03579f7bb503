package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Optional;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.runtime.oidc.OidcReferences;
import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;

class OidcLoginTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app();

    @Inject
    ImSessions sessions;

    @Test
    void otherSitesDoNotLogUsersOut() {
        Visitor ada = loggedIn("ada");
        for (String site : new String[] { "cross-site", "same-site" }) {
            assertThat(ada.getFrom(site, "/logout").statusCode()).isEqualTo(403);
        }
        assertThat(ada.get("/user").statusCode()).isEqualTo(200);
        HttpResponse<String> out = ada.getFrom("same-origin", "/logout");
        assertThat(out.statusCode()).isEqualTo(302);
        assertThat(out.headers().firstValue("Location").orElseThrow()).startsWith(provider() + "/logout");
        assertThat(ada.get("/user").statusCode()).isEqualTo(302);
    }

    @Test
    void browserHoldsTheSessionCookieAndNoOther() {
        Visitor ada = loggedIn("ada");
        assertThat(ada.cookies()).containsOnlyKeys("connsid");
        assertThat(ada.cookies().get("connsid").length()).isLessThan(100);
        HttpResponse<String> next = ada.get("/user");
        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(next.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void tokensAndClaimsAreThereAsTheMechanismGivesThem() {
        Visitor ada = loggedIn("ada");
        assertThat(ada.get("/tokens").body()).isEqualTo("ada ada Default true true true");
        assertThat(ada.get("/by-session").body()).isEqualTo("ada ada");
    }

    @Test
    void visitorKeepsTheDataAndGetsANewToken() {
        Visitor visitor = visitor();
        visitor.get("/data?cart=7");
        String before = visitor.cookies().get("connsid");
        tell("user", "ada");
        assertThat(visitor.visit("/user").body()).startsWith("ada ada");
        assertThat(visitor.cookies().get("connsid")).isNotEqualTo(before);
        assertThat(visitor.get("/data").body()).contains("cart=7", "principal=\"ada\"");
        Visitor stolen = visitor();
        stolen.cookies().put("connsid", before);
        assertThat(stolen.get("/data").body()).isEqualTo("{}");
    }

    @Test
    void logInThatTheApplicationConfirmsStaysOneOfTheProvider() {
        Visitor ada = loggedIn("ada");
        ada.get("/data?cart=7");
        String before = ada.cookies().get("connsid");
        assertThat(ada.get("/confirm").statusCode()).isEqualTo(204);
        assertThat(ada.cookies().get("connsid")).isNotEqualTo(before);
        assertThat(ada.get("/user").body()).isEqualTo("ada ada [user]");
        assertThat(ada.get("/data").body()).contains("cart=7", "oidc.sub");
    }

    @Test
    void sessionIsFoundByTheUserAndTheSessionOfTheProvider() {
        tell("sid", "s1");
        Visitor ada = loggedIn("ada");
        assertThat(sessions.count("oidc.sid", OidcReferences.of(provider(), "s1"))).isEqualTo(1);
        assertThat(sessions.count("principal", "ada")).isPositive();
        sessions.destroyAll("oidc.sub", OidcReferences.of(provider(), "sub-ada"));
        assertThat(ada.get("/who").body()).isEqualTo("- -");
        assertThat(ada.get("/user").statusCode()).isEqualTo(302);
    }

    @Test
    void otherUserFindsNothingOfTheFirst() {
        Visitor visitor = loggedIn("ada");
        visitor.get("/data?cart=7");
        visitor.get("/logout");
        tell("user", "bob");
        assertThat(visitor.visit("/user").body()).startsWith("bob bob");
        assertThat(visitor.get("/data").body()).doesNotContain("cart");
    }

    @Test
    void loginOfAnotherUserInAnotherTabReplacesTheSession() {
        Visitor tabs = visitor();
        HttpResponse<String> first = tabs.get("/user");
        HttpResponse<String> second = tabs.get("/user");
        tell("user", "ada");
        String adaReturns = visitor().get(first.headers().firstValue("Location").orElseThrow()).headers()
                .firstValue("Location").orElseThrow();
        tell("user", "bob");
        String bobReturns = visitor().get(second.headers().firstValue("Location").orElseThrow()).headers()
                .firstValue("Location").orElseThrow();
        tabs.get(adaReturns);
        tabs.get("/data?cart=7");
        assertThat(tabs.get("/data").body()).contains("cart=7", "ada");
        Visitor ofAda = tabs.at("http://localhost");
        tabs.get(bobReturns);
        assertThat(tabs.get("/data").body()).doesNotContain("cart").contains("bob");
        Visitor old = visitor();
        old.cookies().putAll(ofAda.cookies());
        assertThat(old.get("/user").statusCode()).isEqualTo(302);
    }

    @Test
    void sessionEndsWithTheLogOutOfTheApplicationAndOfTheSession() {
        for (String path : new String[] { "/logout", "/local-logout", "/end" }) {
            Visitor ada = loggedIn("ada");
            String cookie = ada.cookies().get("connsid");
            HttpResponse<String> out = ada.get(path);
            assertThat(out.statusCode()).as(path).isIn(200, 204, 302);
            assertThat(ada.cookies()).as(path).doesNotContainKey("connsid");
            if (path.equals("/logout")) {
                assertThat(out.headers().firstValue("Location").orElseThrow())
                        .startsWith(provider() + "/logout?id_token_hint=");
            }
            Visitor stolen = visitor();
            stolen.cookies().put("connsid", cookie);
            assertThat(stolen.get("/user").statusCode()).as(path).isEqualTo(302);
            assertThat(stolen.get("/data").body()).as(path).isEqualTo("{}");
        }
    }

    @Test
    void expiredTokensAreANewLoginThatKeepsTheData() {
        tell("idLifetime", 3);
        tell("user", "ada");
        Visitor ada = visitor();
        // On a slow machine, the tokens may expire before the log-in is over.
        Awaitility.await().until(() -> ada.visit("/user").statusCode() == 200);
        ada.get("/data?cart=7");
        HttpResponse<String> expired = Awaitility.await().until(() -> ada.get("/user"),
                response -> response.statusCode() == 302);
        tell("idLifetime", 300);
        assertThat(expired.headers().firstValue("Location").orElseThrow()).startsWith(provider() + "/authorize");
        assertThat(ada.get("/who").body()).isEqualTo("- -");
        assertThat(ada.visit("/user").body()).startsWith("ada");
        assertThat(ada.get("/data").body()).contains("cart=7");
    }

    @Test
    void endOfTheSessionAtTheProviderDuringALoginPreventsIt() {
        tell("sid", "s9");
        tell("user", "ada");
        Visitor visitor = visitor();
        String login = visitor.get("/user").headers().firstValue("Location").orElseThrow();
        String returns = visitor().get(login).headers().firstValue("Location").orElseThrow();
        assertThat(visitor().post("/back-channel-logout", "logout_token="
                + TestProvider.logoutToken(provider(), "sid=%22s9%22")).statusCode())
                .isEqualTo(200);
        assertThat(visitor.get(returns).statusCode()).isEqualTo(401);
        assertThat(Optional.ofNullable(visitor.cookies().get("connsid"))).isEmpty();
    }
}
