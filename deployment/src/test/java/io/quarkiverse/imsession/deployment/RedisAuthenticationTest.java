package io.quarkiverse.imsession.deployment;

import java.time.Duration;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.TokenAge;

class RedisAuthenticationTest extends AuthenticationContract {

    @RegisterExtension
    static final TestApp APP = app(Routes.class, AuthenticationRoutes.class, AuthenticationContract.class).redis();

    @Override
    void untilDue(String session) {
        TokenAge.raise(ConfigProvider.getConfig().getValue("quarkus.redis.hosts", String.class), session,
                Duration.ofHours(17));
        for (long now = System.currentTimeMillis(); System.currentTimeMillis() <= now + 1;) {
            Thread.onSpinWait();
        }
    }
}
