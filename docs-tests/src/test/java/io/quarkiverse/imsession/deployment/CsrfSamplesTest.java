package io.quarkiverse.imsession.deployment;

import java.io.IOException;
import java.net.URL;

import org.acme.CsrfToken;
import org.acme.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Transcript;
import io.quarkus.test.common.http.TestHTTPResource;

class CsrfSamplesTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Views.class, CsrfToken.class)
            .config("quarkus.imsession.csrf.mode", "both");

    @TestHTTPResource
    URL server;

    @Test
    void whatThePageShowsInAShellIsWhatHappens() throws IOException, InterruptedException {
        Transcript.assertRunsAsShown("csrf.adoc", server.getPort());
    }
}
