package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

/** Two tabs of one browser, whose visitor has a session, log in as two users at once. */
class OidcTwoTabsTest extends OidcContract {

    private static final int ROUNDS = 10;

    @RegisterExtension
    static final TestApp APP = app();

    @Test
    void firstAnswerThatIsStoredHoldsAndTheOtherTabGoesOnToItsPage() {
        Visitor browser = visitor();
        browser.get("/data?cart=7");
        Visitor tab = browser.at(address());
        String first = answer(browser, "/user", "ada");
        String second = answer(tab, "/user?tab=2", "bob");
        assertThat(browser.get(first).statusCode()).isEqualTo(302);

        HttpResponse<String> late = tab.get(second);
        assertThat(late.statusCode()).isEqualTo(302);
        assertThat(location(late)).endsWith("/user?tab=2");
        assertThat(late.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("connsid="));
        assertThat(tab.get("/who").body()).as("with the cookie of before").isEqualTo("- -");
        assertThat(browser.get(location(late)).body()).as("with that of the browser").isEqualTo("ada ada [user]");
        assertThat(browser.get("/data").body()).contains("cart=7", "\"ada\"").doesNotContain("bob");
    }

    @Test
    void usersOfTwoTabsAtOnceNeverShareASession() {
        for (int i = 0; i < ROUNDS; i++) {
            Visitor ada = visitor();
            ada.get("/data?cart=7");
            Visitor bob = ada.at(address());
            String first = answer(ada, "/user", "ada");
            String second = answer(bob, "/user", "bob");
            CyclicBarrier together = new CyclicBarrier(2);
            List<CompletableFuture<Integer>> statuses = List.of(later(together, ada, first), later(together, bob, second));
            assertThat(statuses).allSatisfy(status -> assertThat(status.join()).isEqualTo(302));
            String users = ada.get("/who").body() + ", " + bob.get("/who").body();
            assertThat(users).isIn("ada ada, - -", "- -, bob bob");
            Visitor holder = users.startsWith("ada") ? ada : bob;
            assertThat(holder.get("/data").body()).contains("cart=7");
        }
    }

    private static CompletableFuture<Integer> later(CyclicBarrier together, Visitor visitor, String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                together.await();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return visitor.get(answer).statusCode();
        });
    }

    /** Where the provider sends a tab in which a user has logged in. */
    private static String answer(Visitor tab, String path, String user) {
        String login = location(tab.get(path));
        tell("user", user);
        return location(tab.get(login));
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }
}
