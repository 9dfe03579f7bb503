package io.quarkiverse.imsession.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without pages: it keeps cookies of the application by their names, and follows redirects if it is told to. */
public final class Visitor {

    private static final int MOST_REDIRECTS = 10;
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
    private static final Pattern INPUT = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> cookies = new TreeMap<>();
    private final String application;
    /** Empty for that of the client of Java. */
    private final String userAgent;

    /** @param application the address of the application, without a slash at the end */
    public Visitor(String application) {
        this(application, "");
    }

    /**
     * @param application the address of the application, without a slash at the end
     * @param userAgent what the browser says it is
     */
    public Visitor(String application, String userAgent) {
        this.application = application;
        this.userAgent = userAgent;
    }

    /** Another browser window or an instance of the application that gets the same cookies. */
    public Visitor at(String other) {
        Visitor visitor = new Visitor(other, userAgent);
        visitor.cookies.putAll(cookies);
        return visitor;
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).build());
    }

    public CompletableFuture<HttpResponse<String>> getLater(String path) {
        return client.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, String form) {
        return send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build());
    }

    /** Posts a form as a page of another site does. */
    public HttpResponse<String> postFromElsewhere(String path, String form) {
        return send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "cross-site").header("Origin", "https://elsewhere.test")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build());
    }

    /** Submits the form of a page of another site. */
    public HttpResponse<String> submit(HttpResponse<String> page) {
        Matcher action = ACTION.matcher(page.body());
        if (!action.find()) {
            throw new IllegalStateException("There is no form: " + page.body());
        }
        String fields = INPUT.matcher(page.body()).results().map(input -> input.group(1) + "=" + input.group(2))
                .collect(Collectors.joining("&"));
        return postFromElsewhere(action.group(1), fields);
    }

    /** Posts JSON as a script of the application does. */
    public HttpResponse<String> postJson(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.ofString(json)).build());
    }

    /** @param site what a browser says of the page that sends the request */
    public HttpResponse<String> getFrom(String site, String path) {
        return send(request(path).header("Sec-Fetch-Site", site).build());
    }

    /** @param site what a browser says of the page that sends the form */
    public HttpResponse<String> postFrom(String site, String path, String form) {
        return send(request(path).header("Sec-Fetch-Site", site).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build());
    }

    /** Follows all redirects, those to the provider too. */
    public HttpResponse<String> visit(String path) {
        HttpResponse<String> response = get(path);
        for (int i = 0; i < MOST_REDIRECTS && response.statusCode() == 302; i++) {
            response = get(response.headers().firstValue("Location").orElseThrow());
        }
        return response;
    }

    /** Opens a WebSocket as a page of the application does. */
    public SocketClient openSocket(String path) {
        return SocketClient.open(URI.create(application).getPort(), path, "Cookie", cookieHeader());
    }

    private String cookieHeader() {
        return cookies.entrySet().stream().map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private HttpRequest.Builder request(String path) {
        String uri = path.startsWith("http") ? path : application + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
        if (uri.startsWith(application) && !cookies.isEmpty()) {
            request.header("Cookie", cookieHeader());
        }
        if (!userAgent.isEmpty()) {
            request.header("User-Agent", userAgent);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            keep(response);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keeps the cookies of a response. */
    public void keep(HttpResponse<String> response) {
        List<String> set = response.headers().allValues("Set-Cookie");
        for (String cookie : set) {
            String name = cookie.substring(0, cookie.indexOf('='));
            String value = cookie.substring(name.length() + 1).split(";", 2)[0];
            if (value.isEmpty() || cookie.contains("Max-Age=0")) {
                cookies.remove(name);
            } else {
                cookies.put(name, value);
            }
        }
    }
}
