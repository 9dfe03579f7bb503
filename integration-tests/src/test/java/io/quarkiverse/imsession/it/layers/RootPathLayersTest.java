package io.quarkiverse.imsession.it.layers;

import static io.quarkiverse.imsession.it.RedisTestResource.server;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** An application below another path than the root has another router for it. */
@QuarkusTest
@TestProfile(RootPathLayersTest.Profile.class)
class RootPathLayersTest {

    @TestHTTPResource("/")
    URI base;

    static Stream<Endpoint> smoke() {
        return Stream.concat(Endpoint.oneOfEachLayer().stream(), Endpoint.posting().stream());
    }

    @ParameterizedTest
    @MethodSource("smoke")
    void changedDataIsVisibleToTheVeryNextRequest(Endpoint endpoint) throws Exception {
        assertThat(base.getPath()).isEqualTo("/app/");
        for (Version version : Version.values()) {
            Browser browser = new Browser(base, version);
            browser.get("layers/static.txt");
            for (int count = 1; count <= 3; count++) {
                HttpResponse<byte[]> response = browser.call(endpoint);
                assertThat(browser.get(endpoint.reader())).isEqualTo(Bodies.count(count));
                LayersContract.assertWhole(endpoint, response, count);
                assertThat(Browser.cookies(response)).hasSize(1);
            }
            assertThat(Browser.cookies(browser.callUnchanging(endpoint))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void aStaticResourceNeverLoadsTheSession(Version version) throws Exception {
        Browser browser = new Browser(base, version);
        browser.get("layers/vertx/text");
        assertThat(server().count(() -> assertThat(browser.get("layers/static.txt")).startsWith("The same"))).isEmpty();
    }

    public static final class Profile extends RedisProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(super.getConfigOverrides());
            config.put("quarkus.http.root-path", "/app");
            return config;
        }
    }
}
