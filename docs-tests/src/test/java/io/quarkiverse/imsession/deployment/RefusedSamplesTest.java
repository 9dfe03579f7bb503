package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Path;

import org.acme.Views;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.docs.RefusedCalls;
import io.quarkiverse.imsession.docs.RefusedPage;
import io.quarkiverse.imsession.test.Pages;

@Tag("further")
class RefusedSamplesTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Views.class, RefusedPage.class, RefusedCalls.class)
            .resource("templates/RefusedPage/refused.html",
                    Pages.read(Path.of("src/test/resources/templates/RefusedPage/refused.html")))
            .config("quarkus.imsession.csrf.mode", "both");

    @Test
    void refusedVisitorsSeeAPageAndRefusedCallsGetJson() {
        String token = Client.token(Client.get("/views", null));

        Client.request(token).header("Sec-Fetch-Site", "same-origin").post("/logout").then().statusCode(403)
                .contentType("text/html;charset=utf-8").header("Cache-Control", "no-store")
                .body(containsString("Load the page again, please"));
        Client.request(token).header("Sec-Fetch-Site", "cross-site").post("/logout").then().statusCode(403)
                .body(containsString("This did not work"));
        Client.request(token).header("Sec-Fetch-Site", "cross-site").post("/api/whatever").then().statusCode(403)
                .contentType("application/json").body("refused", equalTo("ORIGIN"));
    }
}
