package io.quarkiverse.imsession.docs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The code of the page "Bearer tokens for apps": a client that is no browser. */
public final class ApiClient {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private String token = "";

    public ApiClient(URI server) {
        this.server = server;
    }

    // tag::send[]
    public synchronized String send(String method, String path) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        response.headers().firstValue("X-Session-Token").ifPresent(sent -> token = sent);
        return response.body();
    }
    // end::send[]

    public boolean hasToken() {
        return !token.isEmpty();
    }
}
