package io.quarkiverse.imsession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.restassured.RestAssured;

/** An HTTP client that sends exactly the cookies it is told to. */
public final class Client {

    private static final Pattern COOKIE = Pattern.compile("connsid=([^;]*)(;.*)?");
    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** POSTs nothing, with a session token or without (null). */
    public HttpResponse<String> post(String path, String token) {
        try {
            return http.send(request("POST", path, token), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public CompletableFuture<HttpResponse<String>> postAsync(String path, String token) {
        return http.sendAsync(request("POST", path, token), BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String path, String token) {
        try {
            return http.send(request("GET", path, token), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The token that a response sets; empty if it sets none. */
    public static Optional<String> token(HttpResponse<?> response) {
        List<String> cookies = response.headers().allValues("set-cookie");
        assertThat(cookies).hasSizeLessThanOrEqualTo(1);
        return cookies.stream().map(Client::value).findFirst();
    }

    /** The id of the session that a token names. */
    public static String id(String token) {
        return token.substring(0, token.indexOf('.'));
    }

    private static String value(String cookie) {
        Matcher matcher = COOKIE.matcher(cookie);
        assertThat(matcher.matches()).as(cookie).isTrue();
        return matcher.group(1);
    }

    private static HttpRequest request(String method, String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .timeout(TIMEOUT).method(method, HttpRequest.BodyPublishers.noBody());
        if (token != null) {
            request.header("Cookie", "connsid=" + token);
        }
        return request.build();
    }
}
