package io.quarkiverse.imsession.runtime.postgresql.upkeep;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.postgresql.PostgresFixture;
import io.quarkiverse.imsession.runtime.postgresql.session.Tables;
import io.quarkiverse.imsession.test.postgresql.TcpProxy;
import io.quarkus.runtime.configuration.ConfigurationException;

/** What an application does that starts before, or together with, its database. */
@Tag("further")
class SchemaWatchTest {

    private static final Tables MISSING = new Tables("missing", "shop_");
    /** More connections than one check tries. */
    private static final int MANY = 20;

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    private final TcpProxy proxy = TcpProxy.start(POSTGRES.server().port());

    @AfterEach
    void close() {
        proxy.close();
        POSTGRES.server().command("DROP SCHEMA IF EXISTS missing CASCADE");
    }

    @Test
    void databaseThatIsStartingIsWaitedFor() {
        Schema schema = schema();
        SchemaWatch watch = new SchemaWatch(POSTGRES.vertx(), schema::validate);
        proxy.refuse("57P03");
        CompletableFuture<Void> start = CompletableFuture.runAsync(watch::start);
        Awaitility.await().until(() -> proxy.refused() >= MANY || start.isDone());
        proxy.admit();
        assertThatThrownBy(start::join).hasCauseInstanceOf(ConfigurationException.class)
                .hasMessageContaining("The tables are missing");
    }

    @Test
    void databaseThatCannotBeReachedIsNotWaitedForAndTablesAreMadeWhenItCan() {
        Schema schema = schema();
        SchemaWatch watch = new SchemaWatch(POSTGRES.vertx(), schema::create);
        proxy.refuse("53300");
        assertThatNoException().isThrownBy(watch::start);
        proxy.admit();
        try {
            Awaitility.await().until(() -> PostgresFixture.await(schema.validate()) == null);
        } finally {
            watch.close();
        }
    }

    private Schema schema() {
        return new Schema(POSTGRES.connections(POSTGRES.poolAt(proxy.port(), 2)), MISSING);
    }
}
