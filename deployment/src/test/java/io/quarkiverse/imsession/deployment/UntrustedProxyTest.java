package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UntrustedProxyTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(ClientRoutes.class)
            .config("quarkus.imsession.client.record-address", "true")
            .config("quarkus.http.proxy.proxy-address-forwarding", "true")
            .config("quarkus.http.proxy.trusted-proxies", "192.0.2.1");

    @Test
    void whatAnybodyElseTellsIsNotBelieved() {
        assertThat(ClientRoutes.client(ClientRoutes.make(ClientRoutes.forwardedFor("203.0.113.7"))).address())
                .contains("127.0.0.1");
    }
}
