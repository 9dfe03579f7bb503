package io.quarkiverse.imsession.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.PackagedApplication;
import io.quarkiverse.imsession.test.postgresql.PostgresServer;

@Tag("further")
class PostgresParallelConnectionsIT extends ParallelConnectionsContract {

    private static final int POOL = 20;

    @Test
    void twoHundredConnectionsAtOnceGetNoErrorWithADefaultPoolAndADefaultServer() throws Exception {
        try (PostgresServer postgres = PostgresServer.start("max_connections=100");
                PackagedApplication demo = PackagedApplication.start("-Dquarkus.datasource.reactive.url=" + postgres.url(),
                        "-Dquarkus.datasource.username=postgres", "-Dquarkus.datasource.password=any",
                        "-Dquarkus.imsession.postgresql.schema=create",
                        // On a busy machine, ten log-ins one after the other may take longer than the default. The start warns.
                        "-Dquarkus.imsession.postgresql.command-timeout=30S",
                        "-Dquarkus.log.category.\"io.quarkiverse.imsession.postgresql\".level=ERROR")) {
            useTogether(demo);
            assertThat((Long) postgres.value("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                    + " AND application_name <> 'test'")).isLessThanOrEqualTo(POOL);
            assertThat(postgres.value("SELECT count(*) FROM imsession_session WHERE token <> ''")).isEqualTo(0L);
        }
    }
}
