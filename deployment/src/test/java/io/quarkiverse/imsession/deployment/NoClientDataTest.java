package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionClient;

class NoClientDataTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(ClientRoutes.class);

    @Test
    void nothingOfTheClientIsKeptByDefault() {
        String token = ClientRoutes.make(ClientRoutes.forwardedFor("203.0.113.7").header("User-Agent", "Firefox"));
        assertThat(ClientRoutes.client(token))
                .isEqualTo(new SessionClient(Optional.empty(), Optional.empty(), Optional.empty()));
    }
}
