package io.quarkiverse.imsession.it.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.test.SocketClient;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;

/** A browser that keeps the session cookie, sees the pages of the demo and posts their forms. It follows no redirect. */
final class DemoBrowser {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private final String userAgent;
    private final Consumer<String> users;
    private volatile String token;

    /** @param users is told who logs in */
    DemoBrowser(String userAgent, Consumer<String> users) {
        this.userAgent = userAgent;
        this.users = users;
    }

    DemoBrowser logIn(String user) {
        return logInAsync(user).join();
    }

    CompletableFuture<DemoBrowser> logInAsync(String user) {
        users.accept(user);
        return postAsync("/login", "user", user).thenApply(response -> {
            assertThat(response.statusCode()).isEqualTo(303);
            return this;
        });
    }

    /** Null if there is no cookie. */
    String token() {
        return token;
    }

    /** Goes on with another cookie. */
    void setToken(String token) {
        this.token = token;
    }

    /** The session that the cookie names. */
    String id() {
        return Client.id(token);
    }

    boolean isLoggedIn() {
        return session().getBoolean("exists");
    }

    JsonPath session() {
        return json(get("/api/session"));
    }

    /** The devices as the API shows them. */
    List<Map<String, Object>> devices() {
        return json(get("/api/devices")).getList("devices");
    }

    List<String> deviceIds() {
        return json(get("/api/devices")).getList("devices.id");
    }

    String page() {
        HttpResponse<String> page = get("/devices");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).hasValueSatisfying(type -> assertThat(type)
                .startsWith("text/html"));
        return page.body();
    }

    /** Posts a form of the page of devices, as the page has it; it leads back to the page. */
    void submit(String path, String... fields) {
        HttpResponse<String> response = post(path, fields);
        assertThat(response.statusCode()).as(path).isEqualTo(303);
        assertThat(response.headers().firstValue("location").orElseThrow()).endsWith("/devices");
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET()).join();
    }

    /** Asks for another form or language of the page. */
    HttpResponse<String> get(String path, String header, String value) {
        return send(request(path).GET().header(header, value)).join();
    }

    /** Sends a request as a script does, which wants JSON. */
    HttpResponse<String> script(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()).header("Accept", "application/json")
                .header("Sec-Fetch-Site", "same-origin")).join();
    }

    HttpResponse<String> delete(String path) {
        return send(request(path).DELETE()).join();
    }

    /** Opens the socket that tells who is logged in. */
    SocketClient presence() {
        return SocketClient.open(RestAssured.port, "/api/presence", "Cookie", "connsid=" + token);
    }

    /** Posts a form as the page of another site would have it posted, with the cookie. */
    HttpResponse<String> postFromElsewhere(String path, String site, String... fields) {
        return send(form(path, fields).header("Sec-Fetch-Site", site)).join();
    }

    /** Posts names and values. */
    HttpResponse<String> post(String path, String... fields) {
        return postAsync(path, fields).join();
    }

    CompletableFuture<HttpResponse<String>> postAsync(String path, String... fields) {
        return send(form(path, fields).header("Sec-Fetch-Site", "same-origin"));
    }

    private HttpRequest.Builder form(String path, String... fields) {
        StringJoiner form = new StringJoiner("&");
        for (int i = 0; i < fields.length; i += 2) {
            form.add(encode(fields[i]) + '=' + encode(fields[i + 1]));
        }
        // Browsers name no charset.
        return request(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.toString()));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonPath json(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return JsonPath.from(response.body());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .timeout(TIMEOUT).header("User-Agent", userAgent);
        return token == null ? request : request.header("Cookie", "connsid=" + token);
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)).thenApply(response -> {
            Client.token(response).ifPresent(sent -> token = sent.isEmpty() ? null : sent);
            return response;
        });
    }
}
