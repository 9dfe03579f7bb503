package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.equalTo;

import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.vertx.mutiny.sqlclient.Pool;

class PostgresNearCacheEnabledTest {

    @RegisterExtension
    static final TestApp APP = PostgresApp.of(Routes.class).config("quarkus.imsession.near-cache.enabled", "true");

    @Inject
    Pool pool;

    @Test
    void sessionsAreReadFromMemoryUntilTheyChange() {
        String token = Client.login("name", "anna");
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> {
            Client.get("/read", token).then().statusCode(200).body(equalTo("{name=anna}"));
            long before = statements();
            Client.get("/read", token).then().statusCode(200).body(equalTo("{name=anna}"));
            return statements() == before;
        });
        Client.get("/destroy", token).then().statusCode(200);
        Awaitility.await().atMost(60, TimeUnit.SECONDS)
                .until(() -> Client.get("/read", token).asString().equals("no session"));
    }

    /** How often sessions were loaded. */
    private long statements() {
        pool.query("CREATE EXTENSION IF NOT EXISTS pg_stat_statements").execute().await().indefinitely();
        return pool.query(
                "SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements WHERE query LIKE '%LEFT JOIN%imsession%'")
                .execute().await().indefinitely().iterator().next().getLong(0);
    }
}
