package io.quarkiverse.imsession.it.demo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.PackagedApplication;
import io.quarkiverse.imsession.test.RedisServer;

@Tag("further")
class RestartIT {

    private static final String COOKIE = "connsid";

    private final RedisServer redis = RedisServer.start();

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    @Test
    @Tag("full")
    void usersStayLoggedInWhenTheApplicationIsRestarted() throws Exception {
        String token;
        try (PackagedApplication demo = start()) {
            token = logIn(demo);
            demo.stop();
        }
        try (PackagedApplication demo = start()) {
            assertIsLoggedIn(demo, token);
        }
    }

    @Test
    void usersStayLoggedInWhenTheApplicationCrashes() throws Exception {
        String token;
        try (PackagedApplication demo = start()) {
            token = logIn(demo);
            demo.crash();
        }
        try (PackagedApplication demo = start()) {
            assertIsLoggedIn(demo, token);
        }
    }

    @Test
    void instancesShareSessionsAndLogOutLeavesNoKeyBehind() throws Exception {
        try (PackagedApplication one = start(); PackagedApplication other = start()) {
            String token = logIn(one);
            assertIsLoggedIn(other, token);

            given().baseUri(other.uri()).cookie(COOKIE, token).post("/api/logout").then().statusCode(200);

            assertThat(redis.keys()).isEmpty();
            given().baseUri(one.uri()).cookie(COOKIE, token).get("/api/session").then().statusCode(200)
                    .body("exists", equalTo(false));
        }
    }

    private PackagedApplication start() {
        return PackagedApplication.start("-Dquarkus.redis.hosts=" + redis.uri());
    }

    private static String logIn(PackagedApplication demo) {
        return given().baseUri(demo.uri()).queryParam("user", "Ada").post("/api/login").then().statusCode(200).extract()
                .cookie(COOKIE);
    }

    private static void assertIsLoggedIn(PackagedApplication demo, String token) {
        given().baseUri(demo.uri()).cookie(COOKIE, token).get("/api/session").then().statusCode(200)
                .body("data.user.name", equalTo("Ada"));
    }
}
