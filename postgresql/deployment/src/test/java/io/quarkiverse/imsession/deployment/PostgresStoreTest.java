package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.config.Setting;
import io.quarkiverse.imsession.runtime.config.StoreSettings;
import io.quarkiverse.imsession.runtime.postgresql.PostgresSessionStore;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkus.arc.Arc;
import io.vertx.redis.client.Redis;

class PostgresStoreTest {

    @RegisterExtension
    static final TestApp APP = PostgresApp.of(Routes.class);

    @Inject
    StoreSettings settings;

    @Test
    void sessionsAreKeptInPostgresqlBecauseTheArtifactIsThere() {
        assertThat(Arc.container().instance(SessionStore.class).get()).isInstanceOf(PostgresSessionStore.class);
        String token = Client.login("name", "anna");

        Client.get("/read", token).then().statusCode(200).body(equalTo("{name=anna}"));
        Client.get("/destroy", token).then().statusCode(200);
        Client.get("/read", token).then().statusCode(200).body(equalTo("no session"));
    }

    @Test
    void noClientOfRedisIsThere() {
        assertThat(Arc.container().select(Redis.class).isUnsatisfied()).isTrue();
    }

    @Test
    void healthIsThatOfSessionsAndThatOfTheDatasource() {
        Client.get("/q/health/ready", null).then().statusCode(200).body("checks.name",
                containsInAnyOrder("Sessions in PostgreSQL", "Reactive PostgreSQL connections health check"));
    }

    @Test
    void settingsAreThoseOfPostgresql() {
        assertThat(settings.settings()).contains(new Setting("postgresql.schema", "create"),
                new Setting("postgresql.command-timeout", "2S"));
    }
}
