package io.quarkiverse.imsession.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A provider of OpenID Connect: discovery, keys, authorization code flow, refresh tokens that work once, and logout tokens.
 * Each log-in is a session of its own at the provider. Tests tell it over HTTP what to do, as an application and its tests may
 * have different class loaders: {@link #tell}, {@link #ask}.
 */
public final class TestProvider implements AutoCloseable {

    public static final String CLIENT = "shop";
    public static final String SECRET = "a secret of the client that only tests know of";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final HttpServer server;
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private final Map<String, Grant> refreshTokens = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    /**
     * What tests have told: user, sid, idLifetime, accessLifetime, authTime, ignorePrompt, refresh, delay, tokenSize,
     * noIdToken.
     */
    private final Map<String, String> told = new ConcurrentHashMap<>();
    private volatile KeyPair keys;
    private volatile String kid;

    /** The session of a user at the provider. */
    private record Grant(String user, String sid, long authTime) {
    }

    private TestProvider() throws IOException {
        rotateKeys();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "provider");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    public static TestProvider start() {
        try {
            return new TestProvider();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the provider, which is also its issuer. */
    public String uri() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** Tells a provider how to behave. */
    public static void tell(String uri, String name, Object value) {
        call(uri + "/tell?" + name + "=" + value);
    }

    /** Asks a provider how often an endpoint was called since {@code tell(uri, "reset", 1)}: refresh, token, authorize. */
    public static int count(String uri, String name) {
        return Integer.parseInt(call(uri + "/count?" + name + "=1"));
    }

    /** A logout token with these claims instead of those that it has by default; an empty text removes a claim. */
    public static String logoutToken(String uri, String claims) {
        return call(uri + "/logout-token?" + claims);
    }

    private static String call(String uri) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void rotateKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
            kid = UUID.randomUUID().toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            Map<String, String> query = decode(exchange.getRequestURI().getRawQuery());
            String path = exchange.getRequestURI().getPath();
            switch (path) {
                case "/.well-known/openid-configuration" -> json(exchange, 200, discovery());
                case "/keys" -> json(exchange, 200, keySet());
                case "/authorize" -> authorize(exchange, query);
                case "/token" -> token(exchange);
                case "/user-info" -> json(exchange, 200, "{\"sub\":\"sub-" + told.getOrDefault("user", "ada") + "\",\"name\":\""
                        + told.getOrDefault("user", "ada") + "\"}");
                case "/tell" -> {
                    query.forEach(this::told);
                    text(exchange, 200, "");
                }
                case "/count" -> text(exchange, 200, Integer.toString(
                        counts.computeIfAbsent(query.keySet().iterator().next(), name -> new AtomicInteger()).get()));
                case "/logout-token" -> text(exchange, 200, logoutToken(query));
                default -> text(exchange, 404, "");
            }
        } catch (Exception e) {
            text(exchange, 500, e.toString());
        } finally {
            exchange.close();
        }
    }

    private void told(String name, String value) {
        switch (name) {
            case "reset" -> {
                counts.clear();
                told.clear();
            }
            case "keys" -> rotateKeys();
            case "reset-refresh-tokens" -> refreshTokens.clear();
            default -> told.put(name, value);
        }
    }

    private String told(String name) {
        return told.getOrDefault(name, "");
    }

    private long number(String name, long absent) {
        return told(name).isEmpty() ? absent : Long.parseLong(told(name));
    }

    private void count(String name) {
        counts.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
    }

    private String discovery() {
        return "{\"issuer\":\"" + uri() + "\",\"authorization_endpoint\":\"" + uri() + "/authorize\",\"token_endpoint\":\""
                + uri()
                + "/token\",\"jwks_uri\":\"" + uri() + "/keys\",\"userinfo_endpoint\":\"" + uri()
                + "/user-info\",\"end_session_endpoint\":\"" + uri()
                + "/logout\"}";
    }

    private String keySet() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"" + kid + "\",\"n\":\""
                + number(key.getModulus()) + "\",\"e\":\"" + number(key.getPublicExponent()) + "\"}]}";
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return BASE64.encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
    }

    /** Logs the user in that the test has told, without a page. */
    private void authorize(HttpExchange exchange, Map<String, String> query) throws IOException {
        count("authorize");
        String code = UUID.randomUUID().toString();
        long now = Instant.now().getEpochSecond();
        boolean again = "login".equals(query.get("prompt")) && told("ignorePrompt").isEmpty();
        codes.put(code, new Grant(told.getOrDefault("user", "ada"), told.getOrDefault("sid", UUID.randomUUID().toString()),
                again ? now : number("authTime", now)));
        if ("form_post".equals(query.get("response_mode"))) {
            text(exchange, 200,
                    "<form method=post action=\"" + query.get("redirect_uri") + "\"><input name=\"code\" value=\"" + code
                            + "\"><input name=\"state\" value=\"" + query.get("state") + "\"></form>");
            return;
        }
        exchange.getResponseHeaders().add("Location",
                query.get("redirect_uri") + "?code=" + code + "&state=" + query.get("state"));
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange) throws IOException, InterruptedException {
        Map<String, String> form = decode(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if ("authorization_code".equals(form.get("grant_type"))) {
            count("token");
            Grant grant = codes.remove(form.get("code"));
            answer(exchange, grant, grant == null ? "" : grant.user);
            return;
        }
        count("refresh");
        Thread.sleep(number("delay", 0));
        switch (told("refresh")) {
            case "error" -> text(exchange, 500, "out of order");
            case "garbage" -> {
                refreshTokens.remove(form.get("refresh_token"));
                json(exchange, 200, "<html>");
            }
            case "empty" -> json(exchange, 200, "{}");
            case "hang" -> Thread.sleep(60_000);
            case "drop" -> exchange.close();
            case "other" -> answer(exchange, refreshTokens.remove(form.get("refresh_token")), "eve");
            default -> {
                Grant grant = refreshTokens.remove(form.get("refresh_token"));
                answer(exchange, grant, grant == null ? "" : grant.user);
            }
        }
    }

    private void answer(HttpExchange exchange, Grant grant, String user) throws IOException {
        if (grant == null) {
            json(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        String refresh = UUID.randomUUID().toString();
        refreshTokens.put(refresh, grant);
        long now = Instant.now().getEpochSecond();
        long accessLifetime = number("accessLifetime", 300);
        String access = jwt("{\"iss\":\"" + uri() + "\",\"sub\":\"sub-" + user + "\",\"upn\":\"" + user + "\",\"iat\":" + now
                + ",\"exp\":" + (now + accessLifetime) + ",\"jti\":\"" + UUID.randomUUID() + "\",\"groups\":[\"user\"]}");
        String padding = "x".repeat((int) number("tokenSize", 0));
        String id = jwt("{\"iss\":\"" + uri() + "\",\"aud\":\"" + CLIENT + "\",\"sub\":\"sub-" + user + "\",\"upn\":\"" + user
                + "\",\"sid\":\"" + grant.sid + "\",\"iat\":" + now + ",\"exp\":" + (now + number("idLifetime", 300))
                + ",\"auth_time\":" + grant.authTime + ",\"groups\":[\"user\"],\"padding\":\"" + padding + "\"}");
        String idToken = told("noIdToken").isEmpty() ? "\"id_token\":\"" + id + "\"," : "";
        json(exchange, 200, "{" + idToken + "\"access_token\":\"" + access + "\",\"refresh_token\":\"" + refresh
                + "\",\"token_type\":\"Bearer\",\"expires_in\":" + accessLifetime + ",\"scope\":\"openid\"}");
    }

    private String logoutToken(Map<String, String> changes) {
        long now = Instant.now().getEpochSecond();
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("iss", '"' + uri() + '"');
        claims.put("aud", '"' + CLIENT + '"');
        claims.put("iat", Long.toString(now));
        claims.put("exp", Long.toString(now + 60));
        claims.put("jti", '"' + UUID.randomUUID().toString() + '"');
        claims.put("events", "{\"http://schemas.openid.net/event/backchannel-logout\":{}}");
        Map<String, String> others = new LinkedHashMap<>(changes);
        String key = others.remove("key");
        String alg = others.getOrDefault("alg", "RS256");
        others.remove("alg");
        claims.putAll(others);
        claims.values().removeIf(String::isEmpty);
        StringBuilder json = new StringBuilder("{");
        claims.forEach((name, value) -> json.append(json.length() > 1 ? "," : "").append('"').append(name).append("\":")
                .append(value));
        KeyPair before = keys;
        String kidBefore = kid;
        if (key != null) {
            rotateKeys();
        }
        String token = alg.equals("none")
                ? BASE64.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + '.'
                        + BASE64.encodeToString(json.append('}').toString().getBytes(StandardCharsets.UTF_8)) + '.'
                : jwt(json.append('}').toString());
        if (key != null) {
            // Signed by a key that is not published, under the name of the one that is, or under its own.
            token = key.equals("forged") ? forged(token, kidBefore) : token;
            keys = before;
            kid = kidBefore;
        }
        return token;
    }

    private String forged(String token, String name) {
        String body = token.split("\\.")[1];
        return signed(BASE64.encodeToString(header(name).getBytes(StandardCharsets.UTF_8)) + '.' + body);
    }

    private static String header(String kid) {
        return "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}";
    }

    private String jwt(String claims) {
        return signed(BASE64.encodeToString(header(kid).getBytes(StandardCharsets.UTF_8)) + '.'
                + BASE64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)));
    }

    private String signed(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return text + '.' + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> decode(String form) {
        Map<String, String> decoded = new LinkedHashMap<>();
        for (String field : form == null ? new String[0] : form.split("&")) {
            String[] parts = field.split("=", 2);
            decoded.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return decoded;
    }

    private static void json(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        text(exchange, status, body);
    }

    private static void text(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
