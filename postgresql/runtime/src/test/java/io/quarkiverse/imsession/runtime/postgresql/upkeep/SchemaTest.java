package io.quarkiverse.imsession.runtime.postgresql.upkeep;

import static io.quarkiverse.imsession.runtime.postgresql.PostgresFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.imsession.runtime.postgresql.PostgresFixture;
import io.quarkiverse.imsession.runtime.postgresql.client.Deadline;
import io.quarkiverse.imsession.runtime.postgresql.client.PgConnections;
import io.quarkiverse.imsession.runtime.postgresql.client.Sql;
import io.quarkiverse.imsession.runtime.postgresql.session.Tables;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

class SchemaTest {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();
    private static final Tables TABLES = new Tables("other", "shop_");

    @AfterEach
    void clear() {
        sql("DROP SCHEMA IF EXISTS other CASCADE");
        sql("ALTER ROLE postgres RESET ALL");
    }

    @Test
    void tablesOfTheFileForFlywayAreWhatSessionsNeed() {
        assertThat(validate(new Tables(null, "imsession_"))).isNull();
        assertThat(validate(new Tables("public", "imsession_"))).isNull();
    }

    @Test
    void bothFilesAreTheSame() throws Exception {
        try (InputStream flyway = SchemaFile.class.getResourceAsStream("/META-INF/imsession/postgresql/V1__imsession.sql")) {
            assertThat(new String(flyway.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(SchemaFile.text().replace("${schema}", "").replace("${prefix}", "imsession_"));
        }
    }

    @Test
    void missingTablesAreToldWithAllTheirStatementsOrCreated() {
        String problem = validate(TABLES);
        assertThat(problem).startsWith("Sessions cannot be kept in PostgreSQL. The tables are missing:"
                + " CREATE SCHEMA IF NOT EXISTS \"other\";\nCREATE TABLE IF NOT EXISTS \"other\".shop_session (")
                .endsWith("\nOr let the application do it, by quarkus.imsession.postgresql.schema=create");
        sql(problem.substring(problem.indexOf("CREATE"), problem.lastIndexOf('\n')));
        assertThat(validate(TABLES)).isNull();
        sql("DROP SCHEMA other CASCADE");
        assertThat(create(TABLES)).isNull();
        assertThat(validate(TABLES)).isNull();
        assertThat(create(TABLES)).isNull();
    }

    @Test
    void tableThatAnEarlierVersionDidNotHaveIsMade() {
        create(TABLES);
        sql("DROP TABLE other.shop_claim, other.shop_journal");
        assertThat(create(TABLES)).isNull();
        assertThat(validate(TABLES)).isNull();
    }

    @Test
    void instancesThatStartTogetherCreateTablesOnce() {
        List<CompletableFuture<String>> starting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            starting.add(schema(TABLES).create().toCompletableFuture());
        }
        assertThat(starting).extracting(start -> await(start)).containsOnlyNulls();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ALTER TABLE other.shop_session DROP COLUMN renewed_at | ALTER TABLE \"other\".shop_session ADD COLUMN renewed_at timestamp with time zone",
            "ALTER TABLE other.shop_session DROP COLUMN revoked | ALTER TABLE \"other\".shop_session ADD COLUMN revoked bigint NOT NULL",
            "ALTER TABLE other.shop_session ALTER COLUMN data TYPE jsonb | ALTER TABLE \"other\".shop_session ALTER COLUMN data TYPE json",
            "ALTER TABLE other.shop_session ADD COLUMN more int NOT NULL | ALTER TABLE \"other\".shop_session ALTER COLUMN more DROP NOT NULL",
            "DROP INDEX other.shop_session_cleanup | CREATE INDEX IF NOT EXISTS shop_session_cleanup ON \"other\".shop_session (cleanup_at)",
            "DROP INDEX other.shop_reference_value | CREATE UNIQUE INDEX IF NOT EXISTS shop_reference_value ON \"other\".shop_reference",
            "ALTER TABLE other.shop_reference DROP CONSTRAINT shop_reference_fk | ADD FOREIGN KEY (session_id) REFERENCES \"other\".shop_session (id) ON DELETE CASCADE",
            "ALTER TABLE other.shop_session DROP CONSTRAINT shop_session_pk CASCADE | ALTER TABLE \"other\".shop_session ADD PRIMARY KEY (id)",
            "DROP TABLE other.shop_claim | The table \"other\".shop_claim is missing: CREATE TABLE IF NOT EXISTS \"other\".shop_claim",
            "DROP INDEX other.shop_claim_end | CREATE INDEX IF NOT EXISTS shop_claim_end ON \"other\".shop_claim (ends_at)",
            "ALTER TABLE other.shop_claim DROP CONSTRAINT shop_claim_pk | ALTER TABLE \"other\".shop_claim ADD PRIMARY KEY (name_hash)",
            "DROP TABLE other.shop_reference | The table \"other\".shop_reference is missing: CREATE TABLE",
            "DROP TABLE other.shop_journal | The table \"other\".shop_journal is missing: CREATE TABLE IF NOT EXISTS \"other\".shop_journal",
            "DROP INDEX other.shop_journal_time | CREATE INDEX IF NOT EXISTS shop_journal_time ON \"other\".shop_journal (happened_at)",
            "ALTER TABLE other.shop_journal DROP CONSTRAINT shop_journal_pk | ALTER TABLE \"other\".shop_journal ADD PRIMARY KEY (field, value, number)",
            "COMMENT ON TABLE other.shop_session IS 'quarkus-imsession 2' | The tables are of a newer version: quarkus-imsession 2",
            "ALTER ROLE postgres SET default_transaction_isolation = 'repeatable read' | ALTER ROLE postgres SET default_transaction_isolation = 'read committed'" })
    void whatIsWrongIsToldWithTheStatementThatMendsIt(String damage, String mend) {
        create(TABLES);
        sql(damage);
        assertThat(validate(TABLES)).contains(mend);
    }

    @Test
    void columnsAndIndexesOfANewerVersionDisturbNothing() {
        create(TABLES);
        sql("ALTER TABLE other.shop_session ADD COLUMN later text, ADD COLUMN more int NOT NULL DEFAULT 0");
        sql("CREATE INDEX ON other.shop_session ((data->>'tenant'))");
        sql("CREATE INDEX ON other.shop_session ((data->>'country'))");
        sql("CREATE INDEX ON other.shop_session (cleanup_at DESC)");
        assertThat(validate(TABLES)).isNull();
    }

    @Test
    void missingRightsAreToldWithTheirStatement() {
        create(TABLES);
        sql("DROP ROLE IF EXISTS app");
        sql("CREATE ROLE app LOGIN");
        sql("GRANT USAGE ON SCHEMA other TO app");
        sql("GRANT SELECT, INSERT, UPDATE ON other.shop_session, other.shop_reference, other.shop_claim, other.shop_journal TO app");
        PgConnections asApp = POSTGRES.connections(POSTGRES.pool(1, "app"));
        assertThat(await(new Schema(asApp, TABLES).create()))
                .contains("GRANT SELECT, INSERT, UPDATE, DELETE ON \"other\".shop_session TO app");
        sql("GRANT DELETE ON other.shop_session, other.shop_reference, other.shop_journal TO app");
        assertThat(await(new Schema(asApp, TABLES).validate()))
                .contains("GRANT SELECT, INSERT, UPDATE, DELETE ON \"other\".shop_claim TO app");
        sql("GRANT DELETE ON other.shop_claim TO app");
        assertThat(await(new Schema(asApp, TABLES).validate())).isNull();
    }

    @Test
    void rightsThatAreMissingOnTheSchemaAreToldWithTheirStatement() {
        create(TABLES);
        PgConnections asApp = app("app-1");
        assertThat(await(new Schema(asApp, TABLES).validate())).contains(
                "The role \"app-1\" lacks rights on the schema other: GRANT USAGE ON SCHEMA \"other\" TO \"app-1\"");
        assertThat(await(new Schema(asApp, TABLES).create())).contains("GRANT USAGE ON SCHEMA \"other\" TO \"app-1\"");
        sql("GRANT USAGE ON SCHEMA \"other\" TO \"app-1\"");
        String problem = await(new Schema(asApp, TABLES).validate());
        assertThat(problem).contains("GRANT SELECT, INSERT, UPDATE, DELETE ON \"other\".shop_session TO \"app-1\"");
        sql("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA other TO \"app-1\"");
        assertThat(await(new Schema(asApp, TABLES).validate())).isNull();
    }

    @Test
    void tablesThatTheRoleMayNotMakeAreToldWithTheirStatements() {
        sql("CREATE SCHEMA other");
        PgConnections asApp = app("guest");
        sql("GRANT USAGE ON SCHEMA other TO guest");
        assertThat(await(new Schema(asApp, TABLES).create())).startsWith("Sessions cannot be kept in PostgreSQL. The tables are"
                + " missing, and the role guest may not make them: CREATE TABLE IF NOT EXISTS \"other\".shop_session (");
        assertThat(await(new Schema(asApp, new Tables("absent", "shop_")).create()))
                .contains("may not make them: CREATE SCHEMA IF NOT EXISTS \"absent\"");
    }

    @Test
    void toMakeTablesInASchemaThatIsThereTakesNoRightOnTheDatabase() {
        sql("CREATE SCHEMA other");
        PgConnections asApp = app("maker");
        sql("GRANT USAGE, CREATE ON SCHEMA other TO maker");
        assertThat(await(new Schema(asApp, TABLES).create())).isNull();
    }

    @Test
    void schemaMayHaveAWordOfSqlAsItsName() {
        Tables tables = new Tables("user", "order_");
        try {
            assertThat(create(tables)).isNull();
            sql("ALTER TABLE \"user\".order_session DROP COLUMN renewed_at");
            String problem = validate(tables);
            sql(problem.substring(problem.indexOf("ALTER TABLE")));
            assertThat(validate(tables)).isNull();
        } finally {
            sql("DROP SCHEMA \"user\" CASCADE");
        }
    }

    @Test
    void databaseThatIsBusyHasMoreTimeThanForARequest() {
        Pool pool = POSTGRES.pool(1);
        Duration timeout = Duration.ofMillis(500);
        POSTGRES.server().hang();
        CompletionStage<String> problem;
        try {
            problem = new Schema(POSTGRES.connections(pool, timeout), TABLES).validate();
            assertThatThrownBy(() -> await(POSTGRES.connections(POSTGRES.pool(1), timeout)
                    .read(new Sql("SELECT 1, false", Tuple.tuple()), new Deadline(System.nanoTime() + timeout.toNanos()),
                            rows -> rows)))
                    .hasMessageContaining("quarkus.imsession.postgresql.command-timeout");
        } finally {
            POSTGRES.server().goOn();
        }
        assertThat(await(problem)).contains("The tables are missing");
    }

    /** Connections of a role that owns nothing. */
    private static PgConnections app(String role) {
        sql("DROP ROLE IF EXISTS \"" + role + '"');
        sql("CREATE ROLE \"" + role + "\" LOGIN");
        return POSTGRES.connections(POSTGRES.pool(1, role));
    }

    private static void sql(String statement) {
        POSTGRES.server().command(statement);
    }

    private static String validate(Tables tables) {
        return await(schema(tables).validate());
    }

    private static String create(Tables tables) {
        return await(schema(tables).create());
    }

    private static Schema schema(Tables tables) {
        return new Schema(POSTGRES.connections(POSTGRES.pool(1)), tables);
    }
}
