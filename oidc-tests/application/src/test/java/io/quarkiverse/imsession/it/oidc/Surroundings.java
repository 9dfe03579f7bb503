package io.quarkiverse.imsession.it.oidc;

import java.util.Map;

import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.test.TestProvider;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** The provider and the Redis of the application. A test has the address of the provider in its field {@code provider}. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {

    private TestProvider provider;
    private RedisServer redis;

    @Override
    public Map<String, String> start() {
        provider = TestProvider.start();
        redis = RedisServer.start();
        return Map.of("quarkus.oidc.auth-server-url", provider.uri(), "quarkus.oidc.credentials.secret", TestProvider.SECRET,
                "quarkus.redis.hosts", redis.uri(), "quarkus.http.access-log.enabled", "true");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(provider.uri(),
                field -> field.getName().equals("provider") && field.getType().equals(String.class));
    }

    @Override
    public void stop() {
        redis.close();
        provider.close();
    }
}
