package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;

import org.acme.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.docs.ApiClient;
import io.quarkiverse.imsession.test.Transcript;
import io.quarkus.test.common.http.TestHTTPResource;

class BearerSamplesTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Views.class, ApiClient.class)
            .config("quarkus.imsession.resolvers", "cookie,bearer");

    @TestHTTPResource
    URL server;

    @Test
    void clientKeepsTheTokenThatItIsSent() throws IOException, InterruptedException {
        ApiClient client = new ApiClient(URI.create(server.toString()));

        assertThat(client.send("GET", "/views")).contains("views: 1");
        assertThat(client.send("GET", "/views")).contains("views: 2");
        assertThat(client.hasToken()).isTrue();
        client.send("POST", "/logout");
        assertThat(client.hasToken()).isFalse();
        assertThat(client.send("GET", "/views")).contains("views: 1");
    }

    @Test
    void transcriptIsWhatHappens() throws IOException, InterruptedException {
        Transcript.assertRunsAsShown("bearer.adoc", server.getPort());
    }
}
