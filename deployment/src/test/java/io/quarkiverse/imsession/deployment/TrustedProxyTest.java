package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TrustedProxyTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(ClientRoutes.class)
            .config("quarkus.imsession.client.record-address", "true")
            .config("quarkus.http.proxy.proxy-address-forwarding", "true")
            .config("quarkus.http.proxy.trusted-proxies", "127.0.0.1");

    @Test
    void theAddressIsThatWhichTheProxyTells() {
        assertThat(addressOf("203.0.113.7")).contains("203.0.113.7");
        assertThat(addressOf("2001:db8::7")).hasValueSatisfying(address -> assertThat(address).startsWith("2001:db8:"));
    }

    @Test
    void withoutAForwardedAddressItIsThatOfTheProxy() {
        assertThat(ClientRoutes.client(ClientRoutes.make(given())).address()).contains("127.0.0.1");
    }

    @Test
    void whatIsNoAddressIsNotKept() {
        assertThat(addressOf("unknown")).isEmpty();
        assertThat(addressOf("<script>")).isEmpty();
    }

    private static Optional<String> addressOf(String forwarded) {
        return ClientRoutes.client(ClientRoutes.make(ClientRoutes.forwardedFor(forwarded))).address();
    }
}
