package io.quarkiverse.imsession.it.layers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A client with one session cookie. All of one HTTP version share their connections, which are kept alive. */
final class Browser {

    static final String COOKIE = "connsid";

    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private static final Map<Version, HttpClient> CLIENTS = Map.of(Version.HTTP_1_1, client(Version.HTTP_1_1),
            Version.HTTP_2, client(Version.HTTP_2));

    private final URI base;
    private final Version version;
    private String token;

    Browser(URI base, Version version) {
        this.base = base;
        this.version = version;
    }

    String token() {
        return token;
    }

    void setToken(String token) {
        this.token = token;
    }

    HttpResponse<byte[]> call(Endpoint endpoint) throws IOException, InterruptedException {
        return send(request(endpoint, ""));
    }

    HttpResponse<byte[]> callUnchanging(Endpoint endpoint) throws IOException, InterruptedException {
        return send(request(endpoint, "?change=false"));
    }

    CompletableFuture<HttpResponse<byte[]>> callAsync(Endpoint endpoint) {
        return CLIENTS.get(version).sendAsync(request(endpoint, ""), BodyHandlers.ofByteArray());
    }

    String get(String path) throws IOException, InterruptedException {
        return new String(send(request(path).build()).body(), StandardCharsets.UTF_8);
    }

    HttpResponse<byte[]> head(String path) throws IOException, InterruptedException {
        return send(request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()).build());
    }

    private static HttpClient client(Version version) {
        return HttpClient.newBuilder().version(version).connectTimeout(TIMEOUT).build();
    }

    /** The values of all Set-Cookie headers. */
    static List<String> cookies(HttpResponse<?> response) {
        return response.headers().allValues("Set-Cookie");
    }

    private HttpRequest request(Endpoint endpoint, String query) {
        HttpRequest.Builder request = request(endpoint.path() + query);
        if (endpoint.requestBody() != null) {
            request.header("Content-Type", endpoint.path().endsWith("/json") ? "application/json" : "application/octet-stream")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(endpoint.requestBody()));
        }
        return request.build();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        return token == null ? request : request.header("Cookie", COOKIE + "=" + token);
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = CLIENTS.get(version).send(request, BodyHandlers.ofByteArray());
        for (String cookie : cookies(response)) {
            if (cookie.startsWith(COOKIE + "=")) {
                token = cookie.substring(COOKIE.length() + 1, cookie.indexOf(';'));
            }
        }
        return response;
    }
}
