package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.nullValue;

import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.restassured.response.Response;

/** What templates show of the session, whether its fields have types or not. */
abstract class TemplateContract {

    static final String PAGE = """
            {number} {session:views} {session:user.name ?: 'nobody'} {session:user.family.or('-')}
            {#for line in session:cart.orEmpty}{line.product}:{line.quantity} {/for}
            {#if session:user}known{#else}unknown{/if} {session:views ?: 0} {inject:imSession.exists}
            <form>{#csrf /}</form>
            {#if flash:notice}<p>{flash:notice}</p>{#for line in flash:lines.orEmpty}{line.product}:{line.quantity} {/for}{/if}
            """;
    private static final Pattern FIELD = Pattern
            .compile("<form><input type=\"hidden\" name=\"&lt;a&amp;&quot;b&gt;\" value=\"([\\w-]*)\"></form>");
    private static final String SHOWN = "1 7 &lt;Ada&gt; Lovelace\nTea:2 Honey:1 \nknown 7 true\n";

    static TestApp app() {
        return TestApp.of(TemplateResource.class, TemplateResource.User.class, TemplateResource.Line.class,
                TemplateResource.Templates.class, TemplateContract.class)
                .resource("templates/page.html", PAGE)
                .resource("templates/plain.html", "{#include page number=1 /}")
                .config("quarkus.imsession.csrf.field", "<a&\"b>");
    }

    @ParameterizedTest
    @ValueSource(strings = { "checked", "checked/worker", "checked/multi", "plain" })
    void pageShowsFieldsAndTheTokenOfForms(String path) {
        String token = Client.token(Client.get("/login", null));

        String page = Client.get("/" + path, token).asString();

        assertThat(page).startsWith(SHOWN);
        assertThat(FIELD.matcher(page).results().map(field -> field.group(1))).hasSize(1)
                .allSatisfy(csrf -> assertThat(csrf).hasSizeGreaterThan(40));
    }

    @Test
    void pageWithoutASessionShowsWhatTheTemplateSaysAndMakesNone() {
        Response page = Client.get("/checked", null);

        page.then().statusCode(200).header("Set-Cookie", nullValue());
        assertThat(page.asString()).contains("nobody", "unknown 0 false");
        assertThat(FIELD.matcher(page.asString()).results().map(field -> field.group(1))).containsExactly("");
    }

    @Test
    void renderingGoesOnWithTheSessionOnAnotherThread() {
        String token = Client.token(Client.get("/login", null));
        assertThat(Client.get("/later", token).asString()).matches("elsewhere: 7<input .* value=\"[\\w-]{40,}\">");
    }

    @ParameterizedTest
    @ValueSource(strings = { "checked", "checked/worker", "plain" })
    void pageShowsAFlashValueAsOftenAsItAsksForItAndTheNextPageDoesNot(String path) {
        String token = Client.token(Client.get("/flash", null));

        assertThat(Client.get("/" + path, token).asString()).contains("<p>&lt;Saved&gt;</p>Tea:2 ");
        assertThat(Client.get("/" + path, token).asString()).doesNotContain("<p>");
    }

    @Test
    void flashValueIsReadOnAnotherThreadToo() {
        String token = Client.token(Client.get("/login", null));
        Client.get("/flash", token).then().statusCode(204);
        assertThat(Client.get("/later", token).asString()).startsWith("elsewhere: 7<input").endsWith("<Saved>");
        assertThat(Client.get("/later", token).asString()).endsWith("\">");
    }

    @Test
    void pageThatIsStreamedShowsAFlashValue() {
        String first = Client.token(Client.get("/flash", null));
        assertThat(Client.get("/checked/multi", first).asString()).contains("<p>&lt;Saved&gt;</p>Tea:2 ");
        String token = Client.token(Client.get("/flash", null));
        assertThat(Client.get("/checked/multi-read-before", token).asString()).contains("<p>&lt;Saved&gt;</p>Tea:2 ");
        assertThat(Client.get("/plain", token).asString()).doesNotContain("<p>");
    }

    @Test
    void pageThatShowsNoFlashValueLeavesIt() {
        String token = Client.token(Client.get("/flash", null));
        assertThat(render("{flash:other ?: 'none'}{session:notice ?: 'no field'}", token)).isEqualTo("noneno field");
        assertThat(render("{flash:notice}{flash:notice}", token)).isEqualTo("<Saved><Saved>");
        assertThat(render("[{flash:notice}]", token)).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({ "{flash:notice},{flash:notice}", "{session:views},{session:views}", "a{#csrf /}b,{#csrf /}" })
    void renderingWhereThereIsNoSessionTellsWhatToDo(String template, String used) {
        String token = Client.token(Client.get("/login", null));
        String answer = Client.request(token).queryParam("template", template).get("/outside").asString();
        assertThat(answer).contains(used + " was rendered where there is no session", "setAttribute(ImSession.class.getName()");
    }

    @Test
    void sessionCanBeHandedOver() {
        String token = Client.token(Client.get("/login", null));
        assertThat(Client.request(token).queryParam("template", "{session:views}").get("/handed-over").asString())
                .isEqualTo("7");
        assertThat(Client.get("/vertx", token).asString()).isEqualTo("7");
    }

    static String render(String template, String token) {
        return Client.request(token).queryParam("template", template).get("/render").asString();
    }
}
