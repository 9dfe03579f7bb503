package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.response.Response;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;

/** What the pages of the Dev UI show and do, for each store that lists sessions. */
abstract class DevUiContract {

    private static final String KEY = "a-signing-key-of-more-than-32-characters";
    private static final int MANY = 120;
    private static final String PREFIX = "quarkus.imsession";
    /** That there are sessions at all, and what the page knows without asking the application. */
    private static final Set<String> SETTINGS_OF_THE_BUILD = Set.of("enabled", "store", "resolvers");

    private final int port;
    private final DevUi devUi;

    DevUiContract(int port) {
        this.port = port;
        this.devUi = new DevUi(port);
    }

    static QuarkusDevModeTest app(int port, String... settings) {
        String properties = String.join("\n", settings) + "\nquarkus.http.port=" + port
                + "\nquarkus.devservices.enabled=false\nquarkus.imsession.references.user_id.indexed=true"
                + "\nquarkus.imsession.timeout=2H\nquarkus.imsession.signing.keys=" + KEY + "\n";
        return new QuarkusDevModeTest().withApplicationRoot(jar -> jar.addClasses(DevUiRoutes.class)
                .addAsResource(new StringAsset(properties), "application.properties"));
    }

    /** One application for all: dev mode is started anew for each method that is a test. */
    @TestFactory
    Stream<DynamicTest> pages() {
        return promises().map(promise -> dynamicTest(promise.name(), () -> {
            devUi.call("destroyEverySession");
            promise.check().run();
        }));
    }

    Stream<Promise> promises() {
        return Stream.of(
                new Promise("aSessionIsListedWithItsReferencesAndTimesButWithoutItsToken", this::listed),
                new Promise("dataIsShownAsItIsStoredAndWithoutTheToken", this::data),
                new Promise("rolesOfTheUserAreShown", this::roles),
                new Promise("aSessionThatIsEndedIsGoneAndItsEndIsToldAsOneByAnAdministrator", this::endOne),
                new Promise("allSessionsEndAtOnce", this::endAll),
                new Promise("sessionsAreFoundByIdReferenceDataAndClient", this::search),
                new Promise("pagesHaveEachSessionOnceAndTheNewestFirst", this::pageByPage),
                new Promise("settingsInForceAreShownWithoutKeys", this::settings),
                new Promise("everySettingIsShown", this::everySetting),
                new Promise("whatIsNoIdIsRefusedWithoutRepeatingIt", this::malformedId));
    }

    /** What holds, and how that is checked. */
    record Promise(String name, Runnable check) {
    }

    private void listed() {
        Instant before = Instant.now();
        String token = visit("ann");

        JsonNode list = list("", 0, 50);

        assertThat(list.get("total").asInt()).isEqualTo(1);
        assertThat(list.get("complete").asBoolean()).isTrue();
        assertThat(list.get("listable").asBoolean()).isTrue();
        JsonNode session = list.get("sessions").get(0);
        assertThat(session.get("id").asText()).isEqualTo(id(token));
        assertThat(session.get("references").toString()).isEqualTo("[{\"field\":\"user_id\",\"value\":\"ann\"}]");
        assertThat(session.get("client").asText()).isEqualTo("a laptop");
        assertThat(session.get("fields").asInt()).isEqualTo(3);
        assertThat(session.get("bytes").asLong()).isPositive();
        assertThat(session.hasNonNull("renewed")).isFalse();
        Instant created = Instant.ofEpochMilli(session.get("created").asLong());
        assertThat(created).isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
        assertThat(Instant.ofEpochMilli(session.get("expires").asLong())).isEqualTo(created.plus(Duration.ofHours(2)));
        assertThat(list.toString()).doesNotContain(token).doesNotContain(secret(token));
        assertThat(devUi.call("count").asText()).isEqualTo("1");
    }

    private void data() {
        String token = visit("ann");

        JsonNode details = devUi.call("get", Map.of("id", id(token)));

        assertThat(details.get("data").asText()).contains("\"user_id\": \"ann\"").contains("\"exact\": 9007199254740993")
                .contains("<b>bold</b>");
        assertThat(details.get("where").asText()).isEqualTo(where(id(token)));
        assertThat(details.toString()).doesNotContain(token).doesNotContain(secret(token));
    }

    /** The beginnings of the settings of stores that this application has not. */
    Set<String> otherStores() {
        return Set.of("redis.");
    }

    /** The settings that come with the artifact of a store. */
    Stream<Class<?>> settingsOfTheStore() {
        return Stream.empty();
    }

    /** How to look at a session with the tools of the store. */
    String where(String id) {
        return "";
    }

    private void roles() {
        String ada = given().port(port).get("/log-in").then().statusCode(200).extract().asString();

        assertThat(devUi.call("get", Map.of("id", ada)).get("roles").toString()).isEqualTo("[\"admin\",\"clerk\"]");
        assertThat(devUi.call("get", Map.of("id", id(visit("ann")))).get("roles")).isEmpty();
    }

    private void endOne() {
        String ended = visit("ann");
        String other = visit("ann");

        assertThat(devUi.call("destroy", Map.of("id", id(ended))).asBoolean()).isTrue();

        assertThat(exists(ended)).isFalse();
        assertThat(exists(other)).isTrue();
        assertThat(devUi.call("get", Map.of("id", id(ended)))).isNull();
        assertThat(devUi.call("destroy", Map.of("id", id(ended))).asBoolean()).isFalse();
        awaitEnd(ended);
    }

    private void endAll() {
        List<String> tokens = List.of(visit("ann"), visit("bob"), visit("eve"));

        assertThat(devUi.call("destroyEverySession").asLong()).isEqualTo(3);

        assertThat(list("", 0, 50).get("total").asInt()).isZero();
        assertThat(tokens).noneMatch(this::exists);
        tokens.forEach(this::awaitEnd);
    }

    private void search() {
        String ann = visit("ann");
        String annToo = visit("ann");
        String bob = visit("bob");

        assertThat(ids(list(id(bob), 0, 50))).containsExactly(id(bob));
        assertThat(ids(list("user_id=ann", 0, 50))).containsExactlyInAnyOrder(id(ann), id(annToo));
        assertThat(ids(list("user_id=an", 0, 50))).isEmpty();
        assertThat(ids(list(" BOB ", 0, 50))).containsExactly(id(bob));
        assertThat(ids(list("laptop", 0, 50))).hasSize(3);
        assertThat(ids(list("exact=9007199254740993", 0, 50))).hasSize(3);
        assertThat(ids(list(id(bob).substring(0, 10), 0, 50))).containsExactly(id(bob));
        assertThat(ids(list("nobody", 0, 50))).isEmpty();
    }

    private void pageByPage() {
        make(MANY);
        String newest = visit("ann");

        List<String> found = new ArrayList<>();
        for (int offset = 0; offset <= MANY; offset += 50) {
            JsonNode page = list("", offset, 50);
            assertThat(page.get("total").asInt()).isEqualTo(MANY + 1);
            assertThat(page.get("sessions")).hasSizeLessThanOrEqualTo(50);
            found.addAll(ids(page));
        }

        assertThat(found).hasSize(MANY + 1).doesNotHaveDuplicates().startsWith(id(newest));
        assertThat(ids(list("", 500, 50))).isEmpty();
    }

    private void settings() {
        JsonNode settings = devUi.call("settings");

        assertThat(setting(settings, "timeout")).isEqualTo("2H");
        assertThat(setting(settings, "absolute-timeout")).isEqualTo("no limit");
        assertThat(setting(settings, "renewal.interval")).isEqualTo("two thirds of the timeout");
        assertThat(setting(settings, "cookie.secure")).isEqualTo("false");
        assertThat(setting(settings, "cookie.same-site")).isEqualTo("lax");
        assertThat(setting(settings, "references.\"user_id\"")).isEqualTo("indexed");
        assertThat(setting(settings, "signing.keys")).isEqualTo("1 key");
        assertThat(settings.toString()).doesNotContain(KEY).doesNotContain("Optional");
    }

    private void everySetting() {
        Set<String> names = new TreeSet<>(SETTINGS_OF_THE_BUILD);
        names.addAll(devUi.call("settings").findValuesAsText("name"));

        assertThat(names).containsAll(Stream
                .concat(Stream.of(ImSessionConfig.class, ImSessionBuildConfig.class), settingsOfTheStore())
                .flatMap(type -> ConfigMappings.getProperties(ConfigClass.configClass(type, prefix(type))).keySet().stream())
                .map(property -> property.substring(PREFIX.length() + 1).replace("[*]", ""))
                .map(name -> name.startsWith("references.") ? "references.\"user_id\"" : name)
                .filter(name -> otherStores().stream().noneMatch(name::startsWith)).toList());
    }

    private static String prefix(Class<?> type) {
        return type.getAnnotation(ConfigMapping.class).prefix();
    }

    private void malformedId() {
        assertThat(devUi.failure("destroy", Map.of("id", "a-token-by-mistake"))).doesNotContain("a-token-by-mistake");
    }

    DevUi devUi() {
        return devUi;
    }

    void make(int count) {
        given().port(port).get("/many?count=" + count).then().statusCode(200);
    }

    JsonNode list(String search, int offset, int size) {
        return devUi.call("list", Map.of("search", search, "offset", offset, "size", size));
    }

    private String visit(String user) {
        return Client.token(given().port(port).get("/visit?user=" + user));
    }

    private boolean exists(String token) {
        Response response = given().port(port).header("Cookie", Client.COOKIE + "=" + token).get("/read");
        response.then().statusCode(200);
        return Boolean.parseBoolean(response.asString());
    }

    private void awaitEnd(String token) {
        await().untilAsserted(() -> assertThat(given().port(port).get("/ended").asString().split(","))
                .contains(id(token) + " ADMINISTRATION"));
    }

    private static String setting(JsonNode settings, String name) {
        return settings.findParents("name").stream().filter(setting -> setting.get("name").asText().equals(name))
                .map(setting -> setting.get("value").asText()).findFirst().orElseThrow();
    }

    private static List<String> ids(JsonNode list) {
        return list.get("sessions").findValuesAsText("id");
    }

    private static String id(String token) {
        return token.substring(0, token.indexOf('.'));
    }

    private static String secret(String token) {
        return token.split("\\.")[1];
    }
}
