package io.quarkiverse.imsession.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Sessions of tests are in the store of the application. */
@QuarkusTest
@TestProfile(RedisTest.Settings.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedisTest {

    @Inject
    RedisKeys keys;

    @Inject
    TestSessions sessions;

    @Inject
    RedisDataSource redis;

    @Test
    @Order(1)
    @WithSession(value = "{user_id: 'ada'}", user = "ada")
    void sessionIsInRedis(TestSession made) {
        given().get("/user").then().body(is("ada"));
        given().body("Emma").post("/cart").then().statusCode(204);
        assertThat(redis.hash(String.class).hgetall(keys.session(made.id()))).containsEntry("books", "[\"Emma\"]");
        assertThat(sessions.find("user_id", "ada")).hasSize(1);
    }

    @Test
    @Order(2)
    void nothingOfTheTestBeforeIsLeftInRedis() {
        assertThat(redis.key().keys("*")).isEmpty();
    }

    public static class Settings implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.imsession.store", "redis");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Server.class));
        }
    }

    public static class Server implements QuarkusTestResourceLifecycleManager {

        private RedisServer server;

        @Override
        public Map<String, String> start() {
            server = RedisServer.start();
            return Map.of("quarkus.redis.hosts", server.uri());
        }

        @Override
        public void stop() {
            server.close();
        }
    }
}
