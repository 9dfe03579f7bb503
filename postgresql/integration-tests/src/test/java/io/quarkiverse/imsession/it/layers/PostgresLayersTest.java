package io.quarkiverse.imsession.it.layers;

import static io.quarkiverse.imsession.it.PostgresTestResource.server;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient.Version;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.imsession.it.PostgresCountedProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresCountedProfile.class)
class PostgresLayersTest extends LayersContract {

    @ParameterizedTest
    @MethodSource("changingOverBothVersions")
    void eachRequestCostsOneStatementAndEachChangeOneMore(Endpoint endpoint, Version version) throws Exception {
        Browser browser = new Browser(base, version);
        browser.get("layers/vertx/text");
        browser.setToken(null);
        assertThat(server().statements(() -> browser.callUnchanging(endpoint))).isZero();
        assertThat(server().statements(() -> browser.call(endpoint))).isEqualTo(1);
        assertThat(server().statements(() -> browser.callUnchanging(endpoint))).isEqualTo(1);
        assertThat(server().statements(() -> browser.call(endpoint))).isEqualTo(2);
    }
}
