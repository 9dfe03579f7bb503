package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.docs.TemplateSamples;
import io.quarkiverse.imsession.test.Pages;

/** The template that the page "Templates" shows. */
class TemplatesPageTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(TemplateSamples.class).with(TemplateSamples.class.getDeclaredClasses())
            .resource("templates/page.html", "{session:views} views{#csrf /}")
            .resource("templates/shop.html", Pages.read(Path.of("src/test/resources/templates/shop.html")));

    @Test
    void templatesOfThePageShowASession() {
        String token = Client.token(Client.request(null).post("/shop"));
        assertThat(Client.get("/page", token).asString()).startsWith("7 views<input");
        assertThat(Client.get("/shop", token).asString())
                .contains("<p>7 views</p>", "<p>Hello Ada</p>", "<li>2 × Tea</li>", ", of nobody",
                        "<p>no nickname</p>\n<p>no nickname</p>\n<p>Ada</p>")
                .containsPattern("<meta name=\"csrf-token\" content=\"[\\w-]{40,}\">")
                .containsPattern("<input type=\"hidden\" name=\"csrf-token\" value=\"[\\w-]{40,}\">");
    }

    @Test
    void templateOfThePageShowsTheNoticeOfTheRedirectOnce() {
        String token = Client.token(Client.request(null).formParam("product", "Honey").post("/shop/cart"));
        assertThat(Client.get("/shop", token).asString())
                .contains("<p role=\"status\">Honey is in the cart</p>", "<li>1 × Honey</li>");
        assertThat(Client.get("/shop", token).asString()).contains("<li>1 × Honey</li>").doesNotContain("role=\"status\"");
    }

    @Test
    void templatesOfThePageDoWithoutASession() {
        assertThat(Client.get("/shop", null).asString()).contains("<p>0 views</p>", "<p>Hello stranger</p>",
                "<p>stranger</p>").doesNotContain("<p>Session");
    }
}
