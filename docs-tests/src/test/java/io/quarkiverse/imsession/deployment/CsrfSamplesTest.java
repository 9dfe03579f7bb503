package io.quarkiverse.imsession.deployment;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;

import org.acme.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.docs.Transfers;
import io.quarkiverse.imsession.test.Pages;
import io.quarkiverse.imsession.test.Transcript;
import io.quarkus.test.common.http.TestHTTPResource;

class CsrfSamplesTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Views.class, Transfers.class)
            .resource("templates/Transfers/page.html",
                    Pages.read(Path.of("src/test/resources/templates/Transfers/page.html")))
            .config("quarkus.imsession.csrf.enabled", "true");

    @TestHTTPResource
    URL server;

    @Test
    void whatThePageShowsInAShellIsWhatHappens() throws IOException, InterruptedException {
        Transcript.assertRunsAsShown("csrf.adoc", server.getPort());
    }
}
