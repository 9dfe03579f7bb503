package io.quarkiverse.imsession.it.paths;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkiverse.imsession.test.RedisServer.ThrowingRunnable;
import io.quarkus.test.common.http.TestHTTPResource;

/** However a path is written: no layer takes an exempt or excluded one for another one. */
abstract class PathsContract {

    private static final List<String> LAYERS = List.of("servlet", "rest", "routes", "vertx");

    /** From below a prefix to what is beside it. The prefix ends with a slash, as does the parent. */
    private static final List<String> DETOURS = List.of("..;/", "..;x=y/", ";/../", "a/..;/..;/", "a;b/..;/..;/", "..;/./",
            "..;//",
            ".;/..;/", "%2e%2e/", "%2E%2e;/", ".%2e;a/", "%2e.;/", "../", "./../", "a/../../", "a/..;a/../", "..\\",
            "a\\..\\..\\",
            "..;\\", "%5c..%5c..%5c", "..%5c", "..%2f", "..;%2f", "..%2F..;/", "%252e%252e/", "..%3b/", "..%3B/",
            "%c0%ae%c0%ae/",
            "%c0%ae%c0%ae;/", "..%00/", "..%09/", "..%0d%0a/", "..%20/", "..#/../", "#/../", "/../", "//..;/..;/", "..;?/",
            "%u002e%u002e/", "%%32%65%%32%65/", "..;/..;/;/paths/%s/", "a/..;/../");

    @TestHTTPResource("/")
    URI base;

    private RawClient client;
    private final Map<String, String> visitor = new HashMap<>();
    private final Map<String, String> proven = new HashMap<>();

    /** How often requests ask the store, which they do for nothing but sessions. */
    abstract int loads(ThrowingRunnable requests) throws Exception;

    static Stream<Arguments> layersOverBothVersions() {
        return LAYERS.stream().flatMap(layer -> Stream.of(Version.HTTP_1_1, Version.HTTP_2)
                .map(version -> Arguments.of(layer, version)));
    }

    @BeforeEach
    void logIn() {
        client = new RawClient(base);
        HttpResponse<String> page = new Client().get(Told.ROOT + "login?name=ada", null);
        visitor.put("Cookie", "connsid=" + Client.token(page).orElseThrow());
        proven.putAll(visitor);
        proven.put("X-CSRF-Token", page.body());
    }

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @MethodSource("layersOverBothVersions")
    void noSpellingOfAProtectedPathIsExempt(String layer, Version version) throws Exception {
        assertThat(post(version, "hooks/a", layer, visitor)).isEqualTo("200 " + Told.HOOK);
        assertThat(post(version, "hook", layer, visitor)).isEqualTo("200 " + Told.HOOK);
        assertThat(post(version, "transfer", layer, visitor)).startsWith("403 ");
        for (String target : spellings(layer, "hooks/", "hook", "transfer")) {
            assertThat(client.send(version, "POST", target, visitor)).as(target).doesNotContain(Told.TRANSFER);
        }
    }

    @ParameterizedTest
    @MethodSource("layersOverBothVersions")
    void noSpellingOfAPathWithASessionIsExcluded(String layer, Version version) throws Exception {
        String root = Told.ROOT + layer + "/";
        assertThat(client.send(version, "GET", root + "public/a", visitor)).isEqualTo("200 " + Told.PUBLIC);
        assertThat(client.send(version, "GET", root + "account", visitor)).isEqualTo("200 " + Told.account("ada"));
        for (String target : spellings(layer, "public/", "open", "account")) {
            assertThat(client.send(version, "GET", target, visitor)).as(target).doesNotContain(Told.NO_SESSION);
        }
    }

    /** Without it, the others would show nothing. */
    @Test
    void manySpellingsReachTheProtectedPath() throws Exception {
        Map<String, Integer> reaching = new LinkedHashMap<>();
        for (String layer : LAYERS) {
            for (String target : spellings(layer, "hooks/", "hook", "transfer")) {
                if (client.send(Version.HTTP_1_1, "POST", target, proven).equals("200 " + Told.TRANSFER)) {
                    reaching.merge(layer, 1, Integer::sum);
                }
            }
        }
        assertThat(reaching).containsOnlyKeys(LAYERS);
        assertThat(reaching.get("servlet")).isGreaterThanOrEqualTo(15);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void plainPathIsExemptWhateverTheCaseOfItsEscapes(Version version) throws Exception {
        for (String target : List.of("hooks/caf%C3%A9", "hooks/caf%c3%a9", "hooks/a%20b", "hooks/.well-known/x.y", "hooks/%61",
                "hooks/a+b:c@d", "hooks/", "hooks", "hook?a=/../;b", "caf%C3%A9")) {
            assertThat(post(version, target, "vertx", visitor)).as(target).isEqualTo("200 " + Told.HOOK);
        }
        assertThat(post(version, "caf%c3%a9", "vertx", visitor)).as("exempt, but no route").doesNotStartWith("403 ");
        assertThat(post(version, "hook/", "vertx", visitor)).as("another path for servlets").startsWith("403 ");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void staticResourceWithoutASessionIsKnownByItsPlainPathOnly(Version version) throws Exception {
        assertThat(loads(() -> assertThat(get(version, "layers/static.txt")).startsWith("200 "))).isZero();
        for (String target : List.of("layers//static.txt", "layers/./static.txt", "layers/%2e/static.txt",
                "layers/a/../static.txt", "layers/static.txt;a", "layers/static%2Etxt", "layers/..;/layers/static.txt")) {
            assertThat(loads(() -> get(version, target))).as(target).isEqualTo(1);
        }
    }

    /** The router answers them, as without sessions. */
    @ParameterizedTest
    @EnumSource(Version.class)
    void malformedPathIsNoServerError(Version version) throws Exception {
        for (String target : List.of("%", "a%zz", "%2", "paths/vertx/hooks/%", "paths/rest/%%", "%c0%ae")) {
            assertThat(get(version, target)).as(target).startsWith("4");
        }
    }

    private String post(Version version, String path, String layer, Map<String, String> headers) throws Exception {
        return client.send(version, "POST", Told.ROOT + layer + "/" + path, headers);
    }

    private String get(Version version, String path) {
        try {
            return client.send(version, "GET", "/" + path, visitor);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ways to ask for a path that begin with a prefix or an exact path, or that let one layer see these only. */
    private static List<String> spellings(String layer, String prefix, String exact, String path) {
        String root = Told.ROOT + layer + "/";
        List<String> spellings = new ArrayList<>();
        for (String detour : DETOURS) {
            spellings.add(root + prefix + detour.replace("%s", layer) + path);
        }
        for (String detour : List.of("/..;/", ";/../", "/../", ";a/..;/", "/%2e%2e/", "/;/../../")) {
            spellings.add(root + exact + detour + path);
        }
        for (String end : List.of("", ";", ";a=b", "/", "/;", "/.", "/./", "/a/..", "/a/..;", ";/", "%3B", "?", "//")) {
            spellings.add(root + prefix + "..;/" + path + end);
            spellings.add(root + path + end);
        }
        spellings.add("http://localhost" + root + prefix + "..;/" + path);
        spellings.add("http://localhost" + root + path);
        spellings.add("x://" + "localhost" + root + prefix + "../" + path);
        spellings.add(";://" + root.substring(1) + path + "/.." + root + prefix + "..");
        spellings.add("/" + root + prefix + "..;/" + path);
        spellings.add("//..;" + root + path);
        return spellings;
    }

    /** Tokens are asked for, and some paths of each layer are exempt or excluded. */
    public static class Profile extends RedisProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(super.getConfigOverrides());
            config.put("quarkus.imsession.csrf.enabled", "true");
            // A machine that is busy elsewhere is no fault.
            config.put("quarkus.imsession.redis.command-timeout", "20S");
            config.put("quarkus.imsession.csrf.mode", "token");
            config.put("quarkus.imsession.csrf.exempt-paths", of("hooks/*", "hook", "caf%c3%a9"));
            config.put("quarkus.imsession.exclude-paths", of("public/*", "open"));
            return config;
        }

        private static String of(String... paths) {
            return String.join(",", LAYERS.stream()
                    .flatMap(layer -> Stream.of(paths).map(path -> Told.ROOT + layer + "/" + path)).toList());
        }
    }
}
