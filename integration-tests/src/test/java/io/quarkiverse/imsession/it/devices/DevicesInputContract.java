package io.quarkiverse.imsession.it.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whatever ids, forms and names clients send. */
abstract class DevicesInputContract extends AccountPageContract {

    @Test
    void theDeviceOfAnotherUserCannotBeEnded() {
        DemoBrowser ada = browser().logIn("Ada");
        DemoBrowser bob = browser().logIn("Bob");
        DemoBrowser visitor = browser();
        visitor.post("/views");

        for (String foreign : List.of(bob.id(), visitor.id(), "A".repeat(22))) {
            assertThat(ada.post("/devices/" + foreign + "/end").statusCode()).isEqualTo(404);
            assertThat(ada.delete("/api/devices/" + foreign).statusCode()).isEqualTo(404);
        }
        assertThat(bob.isLoggedIn()).isTrue();
        assertThat(visitor.isLoggedIn()).isTrue();
        assertThat(ada.isLoggedIn()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "x", "*", "{}", "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAA*",
            "AAAAAAAAAAAAAAAAAAAAA=", "AAAAAAAAAAAAAAAAAAAAA ", "AAAAAAAAAAAAAAAAAAAAAä", "A\0AAAAAAAAAAAAAAAAAAAAA",
            "\r\nQUIT",
            "ref:principal:{Ada}", "🦄🦄🦄🦄🦄🦄🦄🦄🦄🦄🦄" })
    void whatIsNoIdIsRefused(String text) {
        DemoBrowser ada = browser().logIn("Ada");
        String path = DemoBrowser.encode(text).replace("+", "%20");
        assertThat(ada.post("/devices/" + path + "/end").statusCode()).isEqualTo(400);
        HttpResponse<String> response = ada.delete("/api/devices/" + path);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("22 characters").doesNotContain(text.strip());
        assertThat(ada.isLoggedIn()).isTrue();
    }

    @Test
    void aWholeTokenIsNoIdEither() {
        DemoBrowser ada = browser().logIn("Ada");
        HttpResponse<String> response = ada.delete("/api/devices/" + ada.token());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).doesNotContain(ada.token());
        assertThat(ada.isLoggedIn()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "cross-site", "same-site", "", "null", "Same-Origin" })
    void formsOfOtherSitesAreRefusedAndChangeNothing(String site) {
        DemoBrowser one = browser().logIn("Ada");
        DemoBrowser other = browser().logIn("Ada");
        one.submit("/devices/name", "name", "Desk");

        for (String path : List.of("/devices/name", "/devices/" + other.id() + "/end", "/devices/end-others",
                "/devices/end-all", "/logout", "/login", "/api/devices/end-all")) {
            HttpResponse<String> refused = one.postFromElsewhere(path, site, "name", "Stolen", "user", "Eve");
            assertThat(refused.statusCode()).as(path).isEqualTo(403);
            assertThat(refused.headers().allValues("set-cookie")).isEmpty();
        }
        assertThat(one.deviceIds()).containsExactlyInAnyOrder(one.id(), other.id());
        assertThat(one.devices().get(0)).containsEntry("label", "Desk");
        one.submit("/devices/end-others");
        assertThat(one.deviceIds()).containsExactly(one.id());
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "a{b}c", "}", "{", "a:b", "imsession:ref:principal:{Ada}", "Ada Lovelace", "Ада 🦄 語 ñ", "*",
            "A?[a-z]*",
            "\"quoted\" 'single' \\back", "<script>alert(1)</script>", "{model.user}", "&amp;", "%7B%2500", "7", "7.0", "true",
            "null", "${user.name}" })
    void namesOfAllShapesWork(String name) {
        DemoBrowser one = browser().logIn(name);
        DemoBrowser other = browser().logIn(name);
        DemoBrowser ada = browser().logIn("Ada");
        one.submit("/devices/name", "name", name);

        assertThat(other.deviceIds()).containsExactlyInAnyOrder(one.id(), other.id());
        String page = other.page();
        assertThat(page).contains("<strong id=\"user\">" + escaped(name) + "</strong>")
                .contains("<span class=\"name\">" + escaped(name) + "</span>");
        assertThat(page).doesNotContain("<script");
        assertThat(ended(one.post("/api/devices/end-others"))).isEqualTo(1);
        assertThat(other.isLoggedIn()).isFalse();
        assertThat(ended(one.post("/api/devices/end-all"))).isEqualTo(1);
        assertThat(ada.deviceIds()).containsExactly(ada.id());
    }

    @Test
    void noPageShowsASecret() {
        DemoBrowser one = browser().logIn("Ada");
        DemoBrowser other = browser().logIn("Ada");
        assertThat(one.page() + one.devices())
                .doesNotContain(one.token().substring(one.token().indexOf('.') + 1))
                .doesNotContain(other.token().substring(other.token().indexOf('.') + 1));
    }
}
