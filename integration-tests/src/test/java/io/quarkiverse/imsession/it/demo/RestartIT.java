package io.quarkiverse.imsession.it.demo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.RedisServer;

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
        try (PackagedDemo demo = PackagedDemo.start(redis.uri())) {
            token = logIn(demo);
            demo.stop();
        }
        try (PackagedDemo demo = PackagedDemo.start(redis.uri())) {
            assertIsLoggedIn(demo, token);
        }
    }

    @Test
    void usersStayLoggedInWhenTheApplicationCrashes() throws Exception {
        String token;
        try (PackagedDemo demo = PackagedDemo.start(redis.uri())) {
            token = logIn(demo);
            demo.crash();
        }
        try (PackagedDemo demo = PackagedDemo.start(redis.uri())) {
            assertIsLoggedIn(demo, token);
        }
    }

    @Test
    void instancesShareSessionsAndLogOutLeavesNoKeyBehind() throws Exception {
        try (PackagedDemo one = PackagedDemo.start(redis.uri()); PackagedDemo other = PackagedDemo.start(redis.uri())) {
            String token = logIn(one);
            assertIsLoggedIn(other, token);

            given().baseUri(other.uri()).cookie(COOKIE, token).post("/api/logout").then().statusCode(200);

            assertThat(redis.keys()).isEmpty();
            given().baseUri(one.uri()).cookie(COOKIE, token).get("/api/session").then().statusCode(200)
                    .body("exists", equalTo(false));
        }
    }

    private static String logIn(PackagedDemo demo) {
        return given().baseUri(demo.uri()).queryParam("user", "Ada").post("/api/login").then().statusCode(200).extract()
                .cookie(COOKIE);
    }

    private static void assertIsLoggedIn(PackagedDemo demo, String token) {
        given().baseUri(demo.uri()).cookie(COOKIE, token).get("/api/session").then().statusCode(200)
                .body("data.user.name", equalTo("Ada"));
    }
}
