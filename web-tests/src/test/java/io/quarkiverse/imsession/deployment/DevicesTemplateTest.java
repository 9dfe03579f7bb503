package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Pages;
import io.restassured.response.Response;

/** An application that replaces the template of the page of devices and some of its texts, and adds a language. */
class DevicesTemplateTest extends DevicesContract {

    @RegisterExtension
    static final TestApp APP = app()
            .config("quarkus.imsession.acting.roles", "support")
            .resource("templates/acting.html", Pages.read(Path.of("src/test/resources/templates/acting.html")))
            .resource("templates/imsession/devices.html",
                    "{#include acting /}" + Pages.read(Path.of("src/test/resources/templates/devices.html")))
            .resource("messages/imsession_en.properties", "devices_of={user}: where you are")
            .resource("messages/imsession_de.properties", "devices_of={user}: wo Sie sind")
            .resource("messages/imsession_fr.properties", "devices_of={user}: vos appareils\nend=Se déconnecter");

    @Test
    void templateOfTheApplicationReplacesThatOfTheExtension() {
        String token = enter("<Ada>");
        String other = enter("<Ada>");
        assertThat(Client.get("/account/devices", token).asString()).contains("<h1>&lt;Ada&gt;: where you are</h1>",
                "<h2>Firefox</h2>", "<p>Logged in: ", " UTC</p>", "action=\"devices/" + id(other) + "/end\"",
                "<input type=\"hidden\" name=\"csrf-token\"", "<button>Log out</button>").doesNotContain("stylesheet");
    }

    @Test
    void textsOfTheApplicationReplaceThoseOfTheExtensionOneByOne() {
        String token = enter("bob");
        enter("bob");
        assertThat(in("de", token).asString()).contains("<h1>bob: wo Sie sind</h1>", "<button>Abmelden</button>");
        in("de", token).then().header("Content-Language", equalTo("de"));
    }

    @Test
    void languageOfTheApplicationIsSpoken() {
        String token = enter("carl");
        enter("carl");
        assertThat(in("fr-CA, de;q=0.5", token).asString()).contains("<h1>carl: vos appareils</h1>",
                "<button>Se déconnecter</button>", "<p>Logged in: ");
        in("fr", token).then().header("Content-Language", equalTo("fr"));
    }

    @Test
    void layoutOfTheApplicationKnowsTheRequest() {
        String sue = Client.token(given().post("/enter/support?user=sue"));
        assertThat(Client.get("/account/devices", sue).asString()).doesNotContain("acts for");
        String acting = Client.token(Client.request(sue).post("/enter/for?user=dora"));
        assertThat(Client.get("/account/devices", acting).asString()).contains("sue acts for dora. <button>End</button>");
    }

    private static Response in(String language, String token) {
        return Client.request(token).header("Accept-Language", language).get("/account/devices");
    }
}
