package io.quarkiverse.imsession.it.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.test.postgresql.PostgresServer;

@Tag("full")
class PostgresSoakIT extends SoakContract {

    @Override
    SoakStore startStore() {
        return new Postgres();
    }

    /** A PostgreSQL of its own. */
    private static final class Postgres implements SoakStore {

        private static final int POOL = 20;

        private final PostgresServer server = PostgresServer.start();
        private Connection holding;

        @Override
        public String name() {
            return "PostgreSQL";
        }

        @Override
        public List<String> settings() {
            return List.of("-Dquarkus.datasource.reactive.url=" + server.url(), "-Dquarkus.datasource.username=postgres",
                    "-Dquarkus.datasource.password=any", "-Dquarkus.imsession.postgresql.schema=create",
                    "-Dquarkus.imsession.postgresql.cleanup-interval=2S",
                    "-Dquarkus.imsession.postgresql.command-timeout=" + Lifetimes.COMMAND_TIMEOUT);
        }

        @Override
        public long connections() {
            return count("pg_stat_activity WHERE backend_type = 'client backend' AND application_name <> 'test'");
        }

        @Override
        public int mostConnections() {
            return POOL;
        }

        @Override
        public long entries() {
            return count("imsession_session") + count("imsession_reference");
        }

        @Override
        public void hold(Duration longest) {
            try {
                holding = server.connect();
                holding.setAutoCommit(false);
                holding.createStatement().execute("LOCK TABLE imsession_session IN SHARE MODE");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean isHolding() {
            return count("pg_locks WHERE NOT granted") > 0;
        }

        @Override
        public void goOn() {
            try {
                holding.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private long count(String rows) {
            return (Long) server.value("SELECT count(*) FROM " + rows);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
