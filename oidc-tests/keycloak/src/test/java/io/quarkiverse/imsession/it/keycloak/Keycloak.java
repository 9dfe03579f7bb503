package io.quarkiverse.imsession.it.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A real Keycloak with the realm of the tests, and its administrator. */
final class Keycloak implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("imsession.keycloak.home"));
    private static final String ADMIN = "admin";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final Process process;
    private final Duration start;

    private Keycloak(int port, Process process) {
        this.port = port;
        this.process = process;
        long started = System.nanoTime();
        Awaitility.await("start of Keycloak, see " + log()).atMost(PATIENCE).pollInterval(Duration.ofMillis(200))
                .failFast("Keycloak has ended, see " + log(), () -> !process.isAlive()).until(this::isReady);
        start = Duration.ofNanos(System.nanoTime() - started);
    }

    /** @param applications the addresses of the applications in the realm, by the names that stand for them there */
    static Keycloak start(Map<String, String> applications) {
        try {
            String realm = new String(Keycloak.class.getResourceAsStream("/realm.json").readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> application : applications.entrySet()) {
                realm = realm.replace('"' + application.getKey() + '/', '"' + application.getValue() + '/');
            }
            deleteData();
            Path folder = Files.createDirectories(HOME.resolve("data/import"));
            Files.writeString(folder.resolve("shop-realm.json"), realm);
            int port = freePort();
            ProcessBuilder command = new ProcessBuilder("bash", HOME.resolve("bin/kc.sh").toString(), "start-dev",
                    "--http-host=localhost", "--http-port=" + port, "--import-realm", "--log-level=info");
            command.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home"),
                    "KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN, "KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN,
                    "JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx512m",
                    "JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1"));
            return new Keycloak(port, command.redirectErrorStream(true).redirectOutput(log().toFile()).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an earlier run has left. */
    private static void deleteData() throws IOException {
        Path data = HOME.resolve("data");
        if (Files.exists(data)) {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Path log() {
        return Path.of("target", "keycloak.log");
    }

    private boolean isReady() {
        try {
            return send(HttpRequest.newBuilder(URI.create(realm() + "/.well-known/openid-configuration")).build())
                    .statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    String uri() {
        return "http://localhost:" + port;
    }

    /** The address of the realm, which is its issuer too. */
    String realm() {
        return uri() + "/realms/shop";
    }

    Duration startTime() {
        return start;
    }

    static String version() {
        return HOME.getFileName().toString().replace("keycloak-", "");
    }

    String idOf(String user) {
        return new JsonArray(admin("GET", "/users?exact=true&username=" + user)).getJsonObject(0).getString("id");
    }

    /** How long ID and access tokens live that are given from now on. */
    void tokensLive(Duration time) {
        admin("PUT", "", "{\"accessTokenLifespan\":" + time.toSeconds() + "}");
    }

    /** Whether the notices to the shop name a session, or the user alone: "Backchannel logout session required". */
    void noticesNameTheSession(boolean session) {
        JsonObject client = new JsonArray(admin("GET", "/clients?clientId=shop")).getJsonObject(0);
        client.getJsonObject("attributes").put("backchannel.logout.session.required", Boolean.toString(session));
        admin("PUT", "/clients/" + client.getString("id"), client.encode());
    }

    /** The sessions of a user at Keycloak. */
    List<String> sessionsOf(String user) {
        return new JsonArray(admin("GET", "/users/" + idOf(user) + "/sessions")).stream()
                .map(session -> ((JsonObject) session).getString("id")).toList();
    }

    void endSession(String id) {
        admin("DELETE", "/sessions/" + id);
    }

    /** What "Log out all sessions" of a user does in the console. */
    void endSessionsOf(String user) {
        admin("POST", "/users/" + idOf(user) + "/logout");
    }

    /** What "Sign out all active sessions" of the realm does in the console. */
    void endAllSessions() {
        admin("POST", "/logout-all");
    }

    void forgetEvents() {
        admin("DELETE", "/events");
    }

    /** How many events of a type there were since they were forgotten. */
    int count(String type) {
        return new JsonArray(admin("GET", "/events?max=1000&type=" + type)).size();
    }

    private String admin(String method, String path) {
        return admin(method, path, "");
    }

    private String admin(String method, String path, String json) {
        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(uri() + "/admin/realms/shop" + path))
                .header("Authorization", "Bearer " + adminToken()).header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json)).build());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(method + ' ' + path + ": " + response.statusCode() + ' ' + response.body());
        }
        return response.body();
    }

    private String adminToken() {
        String form = "grant_type=password&client_id=admin-cli&username=" + ADMIN + "&password="
                + URLEncoder.encode(ADMIN, StandardCharsets.UTF_8);
        return new JsonObject(send(HttpRequest
                .newBuilder(URI.create(uri() + "/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)).build())
                .body()).getString("access_token");
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
