package io.quarkiverse.imsession.deployment;

import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.imsession.test.postgresql.PostgresServer;

/** Applications that keep sessions in a PostgreSQL that runs as long as they do. */
final class PostgresApp {

    private PostgresApp() {
    }

    /** An application with the default datasource. Nothing but the artifact says where sessions are kept. */
    static TestApp of(Class<?>... classes) {
        return withDatasource("quarkus.datasource", classes);
    }

    static TestApp withDatasource(String datasource, Class<?>... classes) {
        TestApp app = TestApp.of(classes).with(PostgresApp.class);
        AtomicReference<PostgresServer> server = new AtomicReference<>();
        app.setBeforeAllCustomizer(() -> {
            server.set(PostgresServer.start());
            app.overrideRuntimeConfigKey(datasource + ".reactive.url", server.get().url());
            app.overrideRuntimeConfigKey(datasource + ".username", "postgres");
            app.overrideRuntimeConfigKey(datasource + ".password", "any");
        });
        app.setAfterAllCustomizer(() -> server.get().close());
        return app.config(datasource + ".db-kind", "postgresql");
    }
}
