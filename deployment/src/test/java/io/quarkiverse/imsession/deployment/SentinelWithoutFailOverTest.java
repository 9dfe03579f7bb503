package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.spi.SessionStore;

class SentinelWithoutFailOverTest {

    @RegisterExtension
    static final TestApp app = TestApp.of().config("quarkus.imsession.store", "redis")
            .config("quarkus.redis.hosts", "redis://localhost:1").config("quarkus.redis.client-type", "sentinel")
            .config("quarkus.redis.master-name", "sessions").logs(Level.WARNING,
                    log -> assertThat(log).anyMatch(line -> line.contains("Set quarkus.redis.auto-failover=true")));

    @Inject
    SessionStore store;

    @Test
    void startWarnsThatChangesMayBeLostAfterAFailOver() {
        assertThat(store).isNotNull();
    }
}
