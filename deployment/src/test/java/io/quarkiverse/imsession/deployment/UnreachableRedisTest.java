package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.restassured.response.Response;

/** A Redis that never was there: nobody listens on that port. */
class UnreachableRedisTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, AdministrationResource.class)
            .config("quarkus.imsession.store", "redis")
            .config("quarkus.redis.hosts", "redis://localhost:1");

    @Test
    void aRequestWithATokenIsAnswered503() {
        assertUnavailable(Client.get("/read", "a".repeat(22) + "." + "b".repeat(32)));
    }

    @Test
    void aRequestThatMakesASessionIsAnswered503WithoutACookie() {
        assertUnavailable(Client.get("/set?name=anna", null));
    }

    @Test
    void aRequestWithoutASessionIsAnswered() {
        Client.get("/read", null).then().statusCode(200).body(equalTo("no session"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "session", "reactive" })
    void anEndpointThatNeedsOtherSessionsIsAnswered503(String path) {
        Response response = Client.get("/administration/" + path + "?id=" + "a".repeat(22), null);
        assertUnavailable(response);
        response.then().header("Cache-Control", "no-store")
                .body(equalTo("The session store is unavailable. Please try again."));
    }

    private static void assertUnavailable(Response response) {
        response.then().statusCode(503).header("Retry-After", "1");
        assertThat(response.header("Set-Cookie")).isNull();
    }
}
