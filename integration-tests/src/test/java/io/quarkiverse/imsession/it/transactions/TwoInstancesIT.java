package io.quarkiverse.imsession.it.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.demo.PackagedDemo;
import io.quarkiverse.imsession.test.RedisServer;
import io.restassured.RestAssured;

/** Two applications that share their sessions, so that the updates of one disturb those of the other. */
class TwoInstancesIT {

    private final RedisServer redis = RedisServer.start();

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    @Test
    void incrementsOfBothInstancesAreAllCountedAndTicketsAreAllDifferent() throws Exception {
        assertAllCounted(10);
    }

    @Test
    @Tag("full")
    void tenThousandIncrementsOfBothInstancesAreAllCountedAndTicketsAreAllDifferent() throws Exception {
        assertAllCounted(200);
    }

    private void assertAllCounted(int each) throws Exception {
        try (PackagedDemo one = PackagedDemo.start(redis.uri()); PackagedDemo other = PackagedDemo.start(redis.uri())) {
            List<URI> instances = List.of(URI.create(one.uri()), URI.create(other.uri()));
            String token = RestAssured.given().baseUri(one.uri()).post("/transactions/begin").then().statusCode(200).extract()
                    .cookie("connsid");
            try (Crowd crowd = Crowd.start(instances, token, Crowd.ALL, "field", each).join()) {
                assertThat(crowd.wrong()).isEmpty();
                assertThat(crowd.unknown()).isZero();
                assertThat(totals(other, token)).contains(" field=" + crowd.acknowledged() + " ");
                assertThat(crowd.refused()).isZero();
                assertThat(crowd.acknowledged()).isEqualTo(Crowd.CLIENTS * each);
            }
            try (Crowd crowd = Crowd.start(instances, token, Crowd.REQUESTS, "ticket", each).join()) {
                assertThat(crowd.wrong()).isEmpty();
                assertThat(crowd.tickets()).isEqualTo(IntStream.rangeClosed(1, crowd.acknowledged()).boxed().toList());
                assertThat(crowd.refused()).isZero();
            }
            assertThat(totals(one, token)).contains(" ticket=" + Crowd.CLIENTS * each + " ");
        }
    }

    private static String totals(PackagedDemo instance, String token) {
        return RestAssured.given().baseUri(instance.uri()).cookie("connsid", token).get("/transactions/totals").asString();
    }
}
