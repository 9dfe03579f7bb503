package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresNamedDatasourceTest {

    @RegisterExtension
    static final TestApp APP = PostgresApp.withDatasource("quarkus.datasource.\"sessions\"", Routes.class)
            .config("quarkus.imsession.postgresql.datasource", "sessions")
            .config("quarkus.imsession.postgresql.schema-name", "web")
            .config("quarkus.imsession.postgresql.table-prefix", "shop_");

    @Test
    void sessionsAreKeptInADatasourceOfTheirOwn() {
        String token = Client.login("name", "anna");
        Client.get("/read", token).then().statusCode(200).body(equalTo("{name=anna}"));
    }
}
