package io.quarkiverse.imsession.test.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A browser that binds sessions to its device as Chromium does (Device Bound Session Credentials), with a key in memory. It
 * reads and writes the headers in its own way, so that a fault of the extension is not repeated here. It may be used by many
 * threads, as tabs: a request that lacks the bound cookie waits until one of them has refreshed it.
 * <p>
 * A {@link #thief()} has its cookies, but neither its key nor the protocol. What else the hostile do is put together from
 * {@link #offer()}, {@link #key()} and {@link #send}.
 */
public final class DeviceBrowser {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final int MOST_CHALLENGES = 3;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** An offer: algorithms, then parameters whose values have no quotes. */
    private static final Pattern OFFER = Pattern.compile("\\(([A-Z0-9 ]+)\\)((?:;[a-z]+=\"[^\"\\\\]*\")+)");
    private static final Pattern CHALLENGE = Pattern.compile("\"([^\"\\\\]*)\"((?:;[a-z]+=\"[^\"\\\\]*\")+)");
    private static final Pattern PARAMETER = Pattern.compile(";([a-z]+)=\"([^\"\\\\]*)\"");

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, Cookie> cookies = new TreeMap<>();
    private final AtomicInteger refreshes = new AtomicInteger();
    private final AtomicInteger registrations = new AtomicInteger();
    private final String application;
    private final Supplier<SoftwareKey> keys;
    private final boolean binds;
    private boolean lazy;
    private Offer offer;
    private Bound bound;
    private String challenge;

    /** @param path relative to the response that made the offer, or a URL */
    public record Offer(URI path, List<String> algorithms, String challenge, String authorization) {
    }

    private record Cookie(String value, String path, Set<String> attributes, long expiresNanos) {

        boolean isFor(String request) {
            return !isExpired() && (request.equals(path) || request.startsWith(path.endsWith("/") ? path : path + '/'));
        }

        boolean isExpired() {
            return expiresNanos != 0 && expiresNanos - System.nanoTime() <= 0;
        }
    }

    /** What the instructions of the server say. */
    private record Bound(String id, URI refresh, String cookie, Set<String> attributes, List<JsonNode> rules, SoftwareKey key) {

        /** The last rule that fits counts. */
        boolean covers(String path) {
            boolean included = true;
            for (JsonNode rule : rules) {
                if (path.startsWith(rule.path("path").asText("/"))) {
                    included = rule.path("type").asText().equals("include");
                }
            }
            return included && !path.equals(refresh.getPath());
        }
    }

    /**
     * A browser without cookies, whose hardware makes keys of P-256.
     *
     * @param application the address of the application, without a slash at the end
     */
    public DeviceBrowser(String application) {
        this(application, SoftwareKey::p256);
    }

    /** @param keys makes a key for each session */
    public DeviceBrowser(String application, Supplier<SoftwareKey> keys) {
        this(application, keys, true);
    }

    private DeviceBrowser(String application, Supplier<SoftwareKey> keys, boolean binds) {
        this.application = application;
        this.keys = keys;
        this.binds = binds;
    }

    /** A browser that does not know the protocol. */
    public static DeviceBrowser ofBefore(String application) {
        return new DeviceBrowser(application, SoftwareKey::p256, false);
    }

    /** Another device that gets a copy of all cookies, and knows nothing of the protocol. */
    public synchronized DeviceBrowser thief() {
        DeviceBrowser thief = ofBefore(application);
        thief.cookies.putAll(cookies);
        return thief;
    }

    /** The same browser at another instance of the application. */
    public synchronized DeviceBrowser at(String other) {
        DeviceBrowser there = new DeviceBrowser(other, keys, binds);
        there.cookies.putAll(cookies);
        there.bound = bound == null ? null
                : new Bound(bound.id, URI.create(other + bound.refresh.getPath()), bound.cookie, bound.attributes, bound.rules,
                        bound.key);
        return there;
    }

    /** From now on it only keeps what the server offers, until {@link #register()}. */
    public DeviceBrowser lazy() {
        lazy = true;
        return this;
    }

    public HttpResponse<String> get(String path) {
        return request(path, HttpRequest.newBuilder().GET());
    }

    public HttpResponse<String> post(String path, String form) {
        return request(path, HttpRequest.newBuilder().header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin").POST(BodyPublishers.ofString(form)));
    }

    public CompletableFuture<HttpResponse<String>> getLater(String path) {
        return CompletableFuture.supplyAsync(() -> get(path), task -> new Thread(task, "tab").start());
    }

    /** Sends a request as a browser does: not before the bound cookie is valid. */
    private HttpResponse<String> request(String path, HttpRequest.Builder request) {
        String skipped = isInScope(path) ? refreshIfMissing() : null;
        if (skipped != null) {
            request.header("Secure-Session-Skipped", skipped);
        }
        HttpResponse<String> response = send(path, request);
        if (binds && !lazy) {
            register();
        }
        return response;
    }

    private synchronized boolean isInScope(String path) {
        return bound != null && bound.covers(URI.create(application + path).getPath());
    }

    /** Sends a request with the cookies of its path, but without the protocol, and keeps what comes with the response. */
    public HttpResponse<String> send(String path, HttpRequest.Builder request) {
        URI uri = URI.create(application).resolve(path);
        String header = cookieHeader(uri.getPath());
        if (!header.isEmpty()) {
            request.header("Cookie", header);
        }
        try {
            HttpResponse<String> response = http.send(request.uri(uri).timeout(TIMEOUT).build(), BodyHandlers.ofString());
            keep(response);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private synchronized String cookieHeader(String path) {
        return cookies.entrySet().stream().filter(cookie -> cookie.getValue().isFor(path))
                .map(cookie -> cookie.getKey() + '=' + cookie.getValue().value()).collect(Collectors.joining("; "));
    }

    private synchronized void keep(HttpResponse<String> response) {
        response.headers().allValues("Set-Cookie").forEach(this::keep);
        if (!binds) {
            return;
        }
        response.headers().allValues("Secure-Session-Registration").forEach(value -> offer = offer(response.uri(), value));
        for (String value : response.headers().allValues("Secure-Session-Challenge")) {
            Matcher matcher = matcher(CHALLENGE, value);
            if (bound != null && bound.id.equals(parameters(matcher.group(2)).get("id"))) {
                challenge = matcher.group(1);
            }
        }
    }

    private void keep(String cookie) {
        String[] parts = cookie.split(";");
        String name = parts[0].substring(0, parts[0].indexOf('='));
        Map<String, String> attributes = new TreeMap<>();
        Stream.of(parts).skip(1).map(String::strip).forEach(part -> attributes
                .put(part.split("=", 2)[0].toLowerCase(Locale.ROOT), part.contains("=") ? part.split("=", 2)[1] : ""));
        String age = attributes.get("max-age");
        if ("0".equals(age)) {
            cookies.remove(name);
        } else {
            long expires = age == null ? 0 : System.nanoTime() + Duration.ofSeconds(Long.parseLong(age)).toNanos();
            cookies.put(name, new Cookie(parts[0].substring(name.length() + 1), attributes.getOrDefault("path", "/"),
                    attributes(cookie.substring(parts[0].length())), expires == 0 && age != null ? 1 : expires));
        }
    }

    /** The attributes by which a browser recognizes the cookie of a session. */
    private static Set<String> attributes(String text) {
        return Stream.of(text.split(";")).map(part -> part.strip().toLowerCase(Locale.ROOT))
                .filter(part -> !part.isEmpty() && !part.startsWith("max-age") && !part.startsWith("expires"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Offer offer(URI uri, String value) {
        Matcher matcher = matcher(OFFER, value);
        Map<String, String> parameters = parameters(matcher.group(2));
        return new Offer(uri.resolve(parameters.get("path")), List.of(matcher.group(1).split(" ")), parameters.get("challenge"),
                parameters.get("authorization"));
    }

    private static Map<String, String> parameters(String text) {
        return PARAMETER.matcher(text).results()
                .collect(Collectors.toMap(parameter -> parameter.group(1), parameter -> parameter.group(2)));
    }

    private static Matcher matcher(Pattern pattern, String value) {
        Matcher matcher = pattern.matcher(value);
        if (!matcher.matches()) {
            throw new AssertionError("A browser does not understand " + value);
        }
        return matcher;
    }

    /** Registers a key if that was offered; afterwards there is no offer. */
    public synchronized void register() {
        Offer accepted = offer;
        if (accepted == null) {
            return;
        }
        offer = null;
        SoftwareKey key = keys.get();
        registrations.incrementAndGet();
        HttpResponse<String> response = register(accepted, key.registration(accepted.challenge(), accepted.authorization()));
        if (response.statusCode() == 200) {
            obey(response, key);
        }
    }

    /** Sends any proof in answer to an offer, with the cookies of this browser. */
    public HttpResponse<String> register(Offer accepted, String proof) {
        return send(path(accepted.path()),
                protocol().header("Secure-Session-Response", '"' + proof + '"'));
    }

    /** Binds the session, changes how it is bound, or ends the binding, as the server says. */
    private void obey(HttpResponse<String> response, SoftwareKey key) {
        JsonNode instructions = json(response.body());
        if (!instructions.path("continue").asBoolean(true)) {
            bound = null;
            return;
        }
        String id = instructions.path("session_identifier").asText();
        if (id.isEmpty() || bound != null && bound.key == key && !bound.id.equals(id)
                || instructions.path("scope").isMissingNode()
                || instructions.path("credentials").size() != 1) {
            throw new AssertionError("A browser ends the session for " + response.body());
        }
        JsonNode credential = instructions.path("credentials").get(0);
        List<JsonNode> rules = new ArrayList<>();
        instructions.path("scope").path("scope_specification").forEach(rules::add);
        bound = new Bound(id, response.uri().resolve(instructions.path("refresh_url").asText(response.uri().getPath())),
                credential.path("name").asText(), attributes(credential.path("attributes").asText("")), rules, key);
        Cookie cookie = cookies.get(bound.cookie);
        if (cookie == null || !cookie.attributes.equals(bound.attributes)) {
            throw new AssertionError("The instructions are about another cookie, so that a browser refreshes for ever: "
                    + bound.attributes + " instead of " + (cookie == null ? "none" : cookie.attributes));
        }
    }

    /** Why the cookie could not be refreshed, as the header that says so; null if that was not needed, or worked. */
    private synchronized String refreshIfMissing() {
        Bound session = bound;
        if (session == null) {
            return null;
        }
        Cookie cookie = cookies.get(session.cookie);
        if (cookie != null && !cookie.isExpired() && cookie.attributes.equals(session.attributes)) {
            return null;
        }
        int status;
        try {
            status = refresh();
        } catch (UncheckedIOException e) {
            return "unreachable;session_identifier=\"" + session.id + '"';
        }
        return status >= 500 ? "server_error;session_identifier=\"" + session.id + '"' : null;
    }

    /** Asks for a new bound cookie, whether or not it has one. */
    public synchronized int refresh() {
        Bound session = bound;
        refreshes.incrementAndGet();
        for (int i = 0; i <= MOST_CHALLENGES; i++) {
            String answered = challenge;
            challenge = null;
            HttpResponse<String> response = refresh(answered == null ? null : session.key.refresh(answered));
            int status = response.statusCode();
            if (status == 200 && !response.body().isEmpty()) {
                obey(response, session.key);
            }
            if (status != 403 || challenge == null) {
                if (status >= 400 && status < 500 && status != 407 && status != 429) {
                    bound = null;
                }
                return status;
            }
        }
        bound = null;
        return 403;
    }

    /** Sends any proof to refresh the bound cookie, or none (null), with the cookies of this browser. */
    public HttpResponse<String> refresh(String proof) {
        HttpRequest.Builder request = protocol().header("Sec-Secure-Session-Id", '"' + session() + '"');
        if (proof != null) {
            request.header("Secure-Session-Response", '"' + proof + '"');
        }
        return send(path(refreshUrl()), request);
    }

    /** What a browser says of requests that no page sends. */
    private HttpRequest.Builder protocol() {
        return HttpRequest.newBuilder().header("Origin", application).header("Sec-Fetch-Site", "same-origin")
                .header("Sec-Fetch-Mode", "no-cors").header("Sec-Fetch-Dest", "empty").POST(BodyPublishers.noBody());
    }

    private String path(URI uri) {
        String text = uri.toString();
        if (!text.startsWith(application + '/')) {
            throw new AssertionError(text + " is not of " + application);
        }
        return text.substring(application.length());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("A browser does not understand " + text, e);
        }
    }

    /** Whether it takes its session for bound. */
    public synchronized boolean isBound() {
        return bound != null;
    }

    /** The session as the server named it. */
    public synchronized String session() {
        return required().id;
    }

    public synchronized URI refreshUrl() {
        return required().refresh;
    }

    /** The name of the bound cookie. */
    public synchronized String boundCookie() {
        return required().cookie;
    }

    /** The key of the session, which only the device has. */
    public synchronized SoftwareKey key() {
        return required().key;
    }

    private Bound required() {
        if (bound == null) {
            throw new IllegalStateException("The session is not bound");
        }
        return bound;
    }

    /** What the server offered last and this browser has not accepted; null if nothing. */
    public synchronized Offer offer() {
        return offer;
    }

    /** What it is to sign next; null if the server has not said. */
    public synchronized String challenge() {
        return challenge;
    }

    /** The value of a cookie; null if it has none that is valid. */
    public synchronized String cookie(String name) {
        Cookie cookie = cookies.get(name);
        return cookie == null || cookie.isExpired() ? null : cookie.value;
    }

    /** The names of all cookies that are valid. */
    public synchronized Set<String> cookies() {
        return cookies.entrySet().stream().filter(cookie -> !cookie.getValue().isExpired()).map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Sets a cookie, as whoever has stolen it can. */
    public synchronized void setCookie(String name, String value) {
        cookies.put(name, new Cookie(value, "/", Set.of(), 0));
    }

    /** Loses a cookie, as if it had expired. */
    public synchronized void dropCookie(String name) {
        cookies.remove(name);
    }

    /** How often it has asked for a new bound cookie. */
    public int refreshes() {
        return refreshes.get();
    }

    /** How often it has tried to register a key. */
    public int registrations() {
        return registrations.get();
    }
}
