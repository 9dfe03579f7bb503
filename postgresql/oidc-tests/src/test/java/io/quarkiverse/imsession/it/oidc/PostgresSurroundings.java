package io.quarkiverse.imsession.it.oidc;

import java.util.Map;

import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.postgresql.PostgresServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** The provider and the PostgreSQL of the application. A test has the address of the provider in its field {@code provider}. */
public final class PostgresSurroundings implements QuarkusTestResourceLifecycleManager {

    private TestProvider provider;
    private PostgresServer postgres;

    @Override
    public Map<String, String> start() {
        provider = TestProvider.start();
        postgres = PostgresServer.start();
        return Map.of("quarkus.oidc.auth-server-url", provider.uri(), "quarkus.oidc.credentials.secret", TestProvider.SECRET,
                "quarkus.datasource.reactive.url", postgres.url(), "quarkus.datasource.username", "postgres",
                "quarkus.imsession.postgresql.schema", "create", "quarkus.imsession.postgresql.command-timeout", "20S");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(provider.uri(),
                field -> field.getName().equals("provider") && field.getType().equals(String.class));
    }

    @Override
    public void stop() {
        postgres.close();
        provider.close();
    }
}
