package io.quarkiverse.imsession.deployment;

import java.io.IOException;
import java.net.URL;

import org.acme.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Transcript;
import io.quarkus.test.common.http.TestHTTPResource;

class StartTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Views.class);

    @TestHTTPResource
    URL server;

    @Test
    void whatANewcomerTypesDoesWhatThePageShows() throws IOException, InterruptedException {
        Transcript.assertRunsAsShown("index.adoc", server.getPort());
    }
}
