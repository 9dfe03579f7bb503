package io.quarkiverse.imsession.it.layers;

import static io.quarkiverse.imsession.it.RedisTestResource.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@Tag("shared")
@QuarkusTest
@TestProfile(RedisProfile.class)
class RedisLayersTest extends LayersContract {

    private static final String UNKNOWN = "A".repeat(22) + "." + "A".repeat(32);

    /** So few that Redis does not hang too long for them. */
    private static final int TOGETHER = 10;
    private static final int SILENCE_MILLIS = 200;

    @ParameterizedTest
    @MethodSource("changingOverBothVersions")
    void eachRequestCostsOneReadAndEachChangeOneScript(Endpoint endpoint, Version version) throws Exception {
        Browser browser = connected(version);
        assertThat(server().count(() -> browser.callUnchanging(endpoint))).isEmpty();
        assertThat(server().count(() -> browser.call(endpoint))).isEqualTo(Map.of("evalsha", 1));
        assertThat(server().count(() -> browser.callUnchanging(endpoint))).isEqualTo(Map.of("hgetall", 1));
        assertThat(server().count(() -> browser.call(endpoint))).isEqualTo(Map.of("hgetall", 1, "evalsha", 1));
    }

    @ParameterizedTest
    @MethodSource("failingOverBothVersions")
    void aServerErrorCostsOneReadAtTheMost(Endpoint endpoint, Version version) throws Exception {
        Browser browser = connected(version);
        assertThat(server().count(() -> browser.call(endpoint))).isEmpty();
        browser.get("layers/vertx/text");
        assertThat(server().count(() -> browser.call(endpoint))).isEqualTo(Map.of("hgetall", 1));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void badTokensCostAtMostOneRead(Version version) throws Exception {
        Browser browser = connected(version);
        for (String malformed : List.of("", "x", UNKNOWN + "x", UNKNOWN.replace('.', 'A'), UNKNOWN.replace('A', '!'))) {
            browser.setToken(malformed);
            assertThat(server().count(() -> browser.get("layers/rest/read"))).isEmpty();
        }
        browser.setToken(UNKNOWN);
        assertThat(server().count(() -> browser.get("layers/rest/read"))).isEqualTo(Map.of("hgetall", 1));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void aStaticResourceNeverLoadsTheSession(Version version) throws Exception {
        Browser browser = connected(version);
        browser.get("layers/vertx/text");
        assertThat(server().count(() -> browser.get("layers/static.txt"))).isEmpty();
    }

    /** Several at a time, so that they wait for each other's silence. */
    @ParameterizedTest
    @EnumSource(Version.class)
    void noByteLeavesBeforeTheSessionIsStored(Version version) throws Exception {
        List<Endpoint> all = Endpoint.changing();
        for (int from = 0; from < all.size(); from += TOGETHER) {
            assertNoByteLeavesBeforeTheSessionIsStored(all.subList(from, Math.min(from + TOGETHER, all.size())), version);
        }
    }

    private void assertNoByteLeavesBeforeTheSessionIsStored(List<Endpoint> endpoints, Version version) throws Exception {
        Map<Endpoint, CompletableFuture<HttpResponse<byte[]>>> responses = new LinkedHashMap<>();
        connected(version);
        server().hang();
        try {
            endpoints.forEach(endpoint -> responses.put(endpoint, new Browser(base, version).callAsync(endpoint)));
            CompletableFuture<Object> first = CompletableFuture
                    .anyOf(responses.values().toArray(CompletableFuture[]::new));
            assertThatThrownBy(() -> first.get(SILENCE_MILLIS, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        } finally {
            server().goOn();
        }
        for (Map.Entry<Endpoint, CompletableFuture<HttpResponse<byte[]>>> response : responses.entrySet()) {
            HttpResponse<byte[]> late = response.getValue().get(60, TimeUnit.SECONDS);
            assertWhole(response.getKey(), late, 1);
            assertThat(Browser.cookies(late)).as(response.getKey().path()).hasSize(1);
        }
    }

    /** A browser on whose connection Redis was used already, so that connecting and loading scripts count no more. */
    private Browser connected(Version version) throws Exception {
        Browser browser = new Browser(base, version);
        browser.get("layers/vertx/text");
        browser.get("layers/vertx/text");
        browser.setToken(null);
        return browser;
    }
}
