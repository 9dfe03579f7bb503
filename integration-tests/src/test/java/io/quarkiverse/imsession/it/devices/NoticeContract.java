package io.quarkiverse.imsession.it.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.restassured.path.json.JsonPath;

/** What holds for notices of log-ins from new clients, and for the links in them. */
abstract class NoticeContract extends AccountPageContract {

    @Test
    void logInFromANewClientIsToldAndItsLinkEndsIt() {
        DemoBrowser known = browser(FIREFOX).logIn("Nora");
        assertThat(notice(known).get("first")).isEqualTo(true);
        DemoBrowser stranger = browser(IPHONE).logIn("Nora");
        Map<String, Object> notice = notice(stranger);
        assertThat(notice.get("first")).isEqualTo(false);
        String link = (String) notice.get("link");

        DemoBrowser anybody = browser();
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> page = anybody.get(link);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("Nora has logged in", "Safari on iPhone", "<form method=\"post\"")
                    .doesNotContainPattern("<script|<style| style=| on[a-z]+=");
            assertThat(page.headers().firstValue("cache-control")).contains("no-store");
            assertThat(page.headers().firstValue("content-security-policy").orElse("")).startsWith("default-src 'self'");
        }
        assertThat(anybody.get(link, "Accept-Language", "de").body()).contains("Nora hat sich angemeldet");
        assertThat(stranger.isLoggedIn()).isTrue();

        HttpResponse<String> ended = anybody.post(link);
        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(ended.body()).contains("That device was logged out.");
        assertThat(stranger.isLoggedIn()).isFalse();
        assertThat(known.isLoggedIn()).isTrue();
        assertThat(anybody.token()).isNull();

        HttpResponse<String> again = anybody.post(link);
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(again.body()).contains("This link does not hold any more.").doesNotContain("Nora");
        assertThat(anybody.get(link).body()).isEqualTo(again.body());
    }

    @Test
    void clientThatAnotherSessionResemblesIsNotTold() {
        DemoBrowser one = browser(FIREFOX).logIn("Otto");
        notice(one);
        DemoBrowser newer = browser(FIREFOX.replace("140.0", "141.0")).logIn("Otto");
        // That of another client, which is told later, shows that this one was not.
        DemoBrowser other = browser(IPHONE).logIn("Otto");
        notice(other);
        DemoBrowser last = browser("curl/8.5.0").logIn("Otto");
        notice(last);
        assertThat(notices()).noneMatch(notice -> notice.get("id").equals(newer.id()));
    }

    @Test
    void clientThatHidesWhatItIsIsTold() {
        notice(browser(FIREFOX).logIn("Hugo"));
        DemoBrowser hidden = browser("").logIn("Hugo");
        assertThat(notice(hidden).get("first")).isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "?link=", "?link=x", "?link=%00", "?link=<script>", "?link=🦄", "?links=x" })
    void linkThatWasMadeUpEndsNothing(String query) {
        DemoBrowser ada = browser().logIn("Ada");
        String path = "/account/not-me" + query.replace("<", "%3C").replace(">", "%3E").replace("🦄", "%F0%9F%A6%84");
        HttpResponse<String> page = ada.get(path);
        HttpResponse<String> post = ada.post(path);
        assertThat(List.of(page.statusCode(), post.statusCode())).containsOnly(404);
        assertThat(page.body()).contains("This link does not hold any more.").doesNotContain("<script");
        assertThat(ada.isLoggedIn()).isTrue();
    }

    @Test
    void linkThatSomebodyHasChangedIsAnsweredAsOneThatWasNeverThere() {
        DemoBrowser nora = browser(FIREFOX).logIn("Vera");
        DemoBrowser bob = browser(IPHONE).logIn("Bob");
        String link = (String) notice(nora).get("link");
        String secret = link.substring(link.lastIndexOf('.') + 1);
        String never = nora.get("/account/not-me?link=" + "A".repeat(22) + '.' + "A".repeat(32)).body();
        for (String changed : List.of(link + "A", link.substring(0, link.length() - 1),
                link.replace(nora.id(), bob.id()), link.replace(secret, nora.token().substring(nora.token().indexOf('.') + 1)),
                link.replace(secret, "A".repeat(32)), link.replace("." + secret, ""))) {
            HttpResponse<String> response = nora.post(changed);
            assertThat(response.statusCode()).as(changed).isEqualTo(404);
            assertThat(response.body()).isEqualTo(never);
        }
        assertThat(nora.isLoggedIn()).isTrue();
        assertThat(bob.isLoggedIn()).isTrue();
    }

    @Test
    void linkInTheSameBrowserLogsItOut() {
        DemoBrowser nora = browser(FIREFOX).logIn("Wanda");
        String link = (String) notice(nora).get("link");
        assertThat(nora.postFromElsewhere(link, "cross-site").statusCode()).isEqualTo(403);
        assertThat(nora.isLoggedIn()).isTrue();
        assertThat(nora.post(link).statusCode()).isEqualTo(200);
        assertThat(nora.token()).isNull();
    }

    /** The notice of the log-in of a browser, when it is there. */
    private Map<String, Object> notice(DemoBrowser browser) {
        return Awaitility.await().atMost(Duration.ofMinutes(1))
                .until(() -> notices().stream().filter(notice -> notice.get("id").equals(browser.id())).findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private List<Map<String, Object>> notices() {
        return JsonPath.from(browser().get("/api/notices").body()).getList("");
    }
}
