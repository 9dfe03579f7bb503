package io.quarkiverse.imsession.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlantedCookiesTest {

    private static final CookieAttributes PLAIN = new CookieAttributes("sid", "/", null, true, "Lax", false, false, true);

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            // host             | path     | places, each as path@domain
            "app.test           | /        | /@app.test",
            "APP.Test           | /        | /@app.test",
            "app.test           | /a       | /@app.test /a@ /a@app.test",
            "app.test           | /a/      | /@app.test /a@ /a@app.test /a/@ /a/@app.test",
            "app.test           | /a/b     | /@app.test /a@ /a@app.test /a/@ /a/@app.test /a/b@ /a/b@app.test",
            "x.app.example.org  | /        | /@x.app.example.org /@app.example.org /@example.org",
            "my_app.b-c.example | -        | /@my_app.b-c.example /@b-c.example",
            "app.test           | *        | /@app.test",
            // Behind a semicolon a cookie cannot have a path.
            "app.test           | /a;x/b   | /@app.test",
            "app.test           | /a/b;x   | /@app.test /a@ /a@app.test /a/@ /a/@app.test",
            "app.test           | /a b     | /@app.test",
            "app.test           | //a      | /@app.test //@ //@app.test //a@ //a@app.test",
            "app.test           | /%61     | /@app.test /%61@ /%61@app.test",
            // No browser keeps a cookie for the hosts below these.
            "localhost          | /a       | /a@",
            "127.0.0.1          | /a       | /a@",
            "[::1]              | /a       | /a@",
            "::1                | /a       | /a@",
            "-                  | /a       | /a@",
            // What no browser sends.
            "app.test.          | /        | -",
            ".app.test          | /        | -",
            "app..test          | /        | -",
            "a;Path=/x.test     | /        | -",
            "\u00e4pp.test      | /        | -" })
    void eachPlaceThatACookieOfTheRequestMayBeFromIsClearedButOurs(String host, String path, String places) {
        assertThat(places(new PlantedCookies(PLAIN).removals(host, path, false)))
                .containsExactlyInAnyOrder(places == null ? new String[0] : places.split(" "));
    }

    @Test
    void placeOfOurCookieIsLeftAndThoseOfTheDefaultsAreCleared() {
        assertThat(places(new PlantedCookies(new CookieAttributes("sid", "/a", ".App.test", true, "Lax", false, false, true))
                .removals("x.app.test", "/a", false)))
                .containsExactlyInAnyOrder("/@", "/@x.app.test", "/@app.test", "/a@", "/a@x.app.test");
    }

    @Test
    void removalRepeatsOurAttributes() {
        assertThat(new PlantedCookies(new CookieAttributes("sid", "/", null, true, "Strict", true, true, true))
                .removals("app.test", "/", true)).containsExactlyInAnyOrder(
                        "sid=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict",
                        "sid=; Max-Age=0; Path=/; Domain=app.test; Secure; HttpOnly; SameSite=Strict",
                        "sid=; Max-Age=0; Path=/; Domain=app.test; Secure; HttpOnly; SameSite=Strict; Partitioned");
    }

    /** A browser takes a cookie of a partition for another one, and accepts it over HTTPS only. */
    @Test
    void partitionsAreClearedWhereABrowserCanHaveThem() {
        String unpartitioned = "sid=; Max-Age=0; Path=/; Domain=app.test; HttpOnly; SameSite=Lax";
        String host = "sid=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax; Partitioned";
        String domain = "sid=; Max-Age=0; Path=/; Domain=app.test; Secure; HttpOnly; SameSite=Lax; Partitioned";
        assertThat(new PlantedCookies(PLAIN).removals("app.test", "/", false)).containsExactly(unpartitioned);
        assertThat(new PlantedCookies(PLAIN).removals("app.test", "/", true)).containsExactlyInAnyOrder(unpartitioned, host,
                domain);
    }

    @Test
    void cookieWithThePrefixThatBindsItToTheHostIsNowhereElse() {
        assertThat(new PlantedCookies(new CookieAttributes("__Host-sid", "/", null, true, "Lax", true, false, true))
                .removals("x.app.test", "/a/b", true))
                .containsExactly("__Host-sid=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax; Partitioned");
    }

    /** Proxies refuse larger headers. */
    @Test
    void responseHasFewRemovalsAndTheNextOnesHaveTheOthers() {
        PlantedCookies cookies = new PlantedCookies(PLAIN);
        Set<String> cleared = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            List<String> removals = cookies.removals("x.app.test", "/a/b/c/d/e", true);
            assertThat(removals).hasSizeBetween(20, 32).doesNotHaveDuplicates();
            assertThat(removals.stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(2_560);
            cleared.addAll(removals);
        }
        // Ten paths for three domains, in the partition and out of it, but ours.
        assertThat(cleared).hasSize(10 * 3 * 2 - 1);
        assertThat(places(cleared)).contains("/a/b/c/d/e@x.app.test", "/a/b/c/d/@app.test", "/a@");
    }

    @Test
    void endlessHostsAndPathsCostNoMore() {
        PlantedCookies cookies = new PlantedCookies(PLAIN);
        for (String path : List.of("/a".repeat(5_000), "/" + "a".repeat(10_000), "/".repeat(10_000),
                "/" + "a".repeat(900) + "/b")) {
            for (String host : List.of("a.".repeat(120) + "test", "a.".repeat(5_000) + "test", "a".repeat(240) + ".test")) {
                List<String> removals = cookies.removals(host, path, true);
                assertThat(removals).isNotEmpty().hasSizeLessThanOrEqualTo(32);
                assertThat(removals.stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(2_560);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "/a\r\nX: y", "/a\u0000", "/\u00e4", "/a\tb", "/a;Domain=x" })
    void nothingOfAPathThatACookieCannotHaveIsRepeated(String path) {
        assertThat(new PlantedCookies(PLAIN).removals("app.test", path, false))
                .containsExactly("sid=; Max-Age=0; Path=/; Domain=app.test; HttpOnly; SameSite=Lax");
    }

    private static List<String> places(Collection<String> removals) {
        return removals.stream().map(PlantedCookiesTest::place).toList();
    }

    private static String place(String removal) {
        String path = "";
        String domain = "";
        for (String attribute : removal.split("; ")) {
            path = attribute.startsWith("Path=") ? attribute.substring(5) : path;
            domain = attribute.startsWith("Domain=") ? attribute.substring(7) : domain;
        }
        return path + '@' + domain;
    }
}
