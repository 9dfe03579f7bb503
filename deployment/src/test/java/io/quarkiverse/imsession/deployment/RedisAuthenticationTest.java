package io.quarkiverse.imsession.deployment;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.extension.RegisterExtension;

/** With short real lifetimes: due after a second. */
class RedisAuthenticationTest extends AuthenticationContract {

    @RegisterExtension
    static final TestApp APP = app(Routes.class, AuthenticationRoutes.class, AuthenticationContract.class)
            .config("quarkus.imsession.timeout", "20S")
            .config("quarkus.imsession.renewal-threshold", "0.95")
            .redis();

    @Override
    void untilDue() {
        Instant due = Instant.now().plus(Duration.ofMillis(1200));
        await().until(() -> !Instant.now().isBefore(due));
    }
}
