package io.quarkiverse.imsession.it.journal;

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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;

/** What the journal of a user tells of a session from its beginning to its end, wherever it is kept. */
abstract class ShortJournalContract {

    static final int MOST_ENTRIES = 30;
    /** A journal with few entries. */
    static final Map<String, String> SETTINGS = Map.of("quarkus.imsession.renewal.grace", "1S",
            "quarkus.imsession.journal.enabled", "true", "quarkus.imsession.journal.max-entries",
            Integer.toString(MOST_ENTRIES), "quarkus.imsession.acting.roles", "support");
    static final Duration TIMEOUT = Duration.ofSeconds(120);
    static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final String LOOPBACK = "127.0.0.1|0:0:0:0:0:0:0:1|::1";
    private static final String PAGE = "/account/devices";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void logInRenewalAndLogOutAreToldTheNewestOneFirst() {
        String user = user();
        Instant begin = Instant.now().minus(TIMEOUT);
        String visitor = token(post("/races/set?field=cart&value=book", null));
        String token = token(post("/races/login?value=" + user, visitor));
        token = token(post("/races/renew", token));
        post("/races/set?field=card&value=4111111111111111", token);
        post("/races/destroy", token);

        List<Map<String, String>> journal = journal(user);
        assertThat(told(journal)).containsExactly("ENDED REQUEST", "RENEWED REQUEST", "LOGGED_IN REQUEST");
        assertThat(journal).allSatisfy(entry -> {
            assertThat(entry.get("session")).isEqualTo(Client.id(visitor));
            assertThat(entry.get("address")).matches(LOOPBACK);
            assertThat(entry.get("userAgent")).isEqualTo(FIREFOX);
            assertThat(Instant.parse(entry.get("time"))).isBetween(begin, Instant.now().plus(TIMEOUT));
        });
        assertThat(body("/journal?user=" + user)).doesNotContain("4111", "card", "cart", secret(token), secret(visitor));
        assertThat(told(journal("most=2&user=" + user))).containsExactly("ENDED REQUEST", "RENEWED REQUEST");
        assertThat(JsonPath.from(body("/journal/all?user=" + user)).getList("kind")).hasSize(3);
    }

    @Test
    void actingForAUserIsToldToBothByName() {
        String ada = user();
        String sue = user();
        String support = token(post("/journal/support?user=" + sue, null));
        String acting = token(post("/journal/act?user=" + ada, support));
        assertThat(post("/journal/act?user=" + user(), acting).statusCode()).isEqualTo(403);
        post("/races/destroy", acting);

        List<Map<String, String>> journal = journal(ada);
        assertThat(told(journal)).containsExactly("ENDED REQUEST", "ACTED_FOR REQUEST");
        assertThat(journal).allSatisfy(entry -> assertThat(entry).containsEntry("actor", sue).containsEntry("session",
                Client.id(acting)));
        assertThat(told(journal(sue))).containsExactly("ENDED REQUEST", "LOGGED_IN REQUEST");
        assertThat(post("/races/read", support).body()).contains("\"exists\":false");
        assertThat(post("/races/read", acting).body()).contains("\"exists\":false");
    }

    @Test
    void pageOfDevicesTellsUsersAndWhoActsForThemTheirJournal() {
        String ada = user();
        String sue = user();
        String eve = user();
        logIn(eve);
        String phone = logIn(ada);
        String desk = logIn(ada);
        post("/races/destroy", phone);
        String acting = token(post("/journal/act?user=" + ada, token(post("/journal/support?user=" + sue, null))));

        for (String seer : List.of(desk, acting)) {
            JsonPath page = JsonPath.from(get(PAGE, seer, "application/json").body());
            assertThat(page.getList("journal.kind")).containsExactly("ACTED_FOR", "ENDED", "LOGGED_IN", "LOGGED_IN");
            assertThat(page.getList("journal.session")).containsExactly(Client.id(acting), Client.id(phone), Client.id(desk),
                    Client.id(phone));
            assertThat(page.getString("journal[0].actor")).isEqualTo(sue);
            assertThat(page.getString("journal[1].browser")).isEqualTo("Firefox");
            assertThat(page.getList("devices.id")).containsExactlyInAnyOrder(Client.id(desk), Client.id(acting));
        }
        HttpResponse<String> html = get(PAGE, desk, "text/html");
        assertThat(html.body()).contains("What happened", "Somebody began to act for you", sue, "Logged out</h3>")
                .doesNotContain(eve);
        assertThat(get(PAGE, null, "application/json").statusCode()).isEqualTo(401);
    }

    String logIn(String user) {
        return token(post("/races/login?value=" + encode(user), null));
    }

    static String user() {
        return "user-" + UUID.randomUUID();
    }

    List<Map<String, String>> journal(String query) {
        return JsonPath.from(body("/journal?" + (query.contains("user=") ? query : "user=" + query))).getList("");
    }

    static List<String> told(List<Map<String, String>> journal) {
        return journal.stream().map(entry -> entry.get("kind") + ' ' + entry.get("cause")).toList();
    }

    String body(String path) {
        HttpResponse<String> response = send("GET", path, null, FIREFOX);
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    HttpResponse<String> post(String path, String token) {
        return send("POST", path, token, FIREFOX);
    }

    HttpResponse<String> send(String method, String path, String token, String agent) {
        return sendAsync(method, path, token, agent).join();
    }

    CompletableFuture<HttpResponse<String>> sendAsync(String method, String path, String token, String agent) {
        return sendAsync(request(path, token, agent).method(method, BodyPublishers.noBody()));
    }

    private HttpResponse<String> get(String path, String token, String accept) {
        return sendAsync(request(path, token, FIREFOX).header("Accept", accept)).join();
    }

    private static HttpRequest.Builder request(String path, String token, String agent) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .timeout(TIMEOUT).header("User-Agent", agent);
        return token == null ? request : request.header("Cookie", "connsid=" + token);
    }

    private CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    static String token(HttpResponse<String> response) {
        return Client.token(response).orElseThrow();
    }

    static String secret(String token) {
        return token.substring(token.indexOf('.') + 1);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
