package io.quarkiverse.imsession.it.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.PackagedApplication;
import io.quarkiverse.imsession.test.RedisServer;
import io.restassured.RestAssured;

/**
 * Two applications that share their sessions, so that the updates of one disturb those of the other. An update that is
 * disturbed sixteen times in a row is refused, so nothing is said here of how many are.
 */
@Tag("further")
class TwoInstancesIT {

    private final RedisServer redis = RedisServer.start();

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    @Test
    void incrementsThatWereAcknowledgedAreCountedAndNoOthersAndTicketsAreAllDifferent() throws Exception {
        assertAcknowledgedAreCounted(10);
    }

    @Test
    @Tag("full")
    void ofThousandsOfIncrementsThoseThatWereAcknowledgedAreCountedAndTicketsAreAllDifferent() throws Exception {
        assertAcknowledgedAreCounted(50);
    }

    private void assertAcknowledgedAreCounted(int each) throws Exception {
        try (PackagedApplication one = instance(); PackagedApplication other = instance()) {
            List<URI> instances = List.of(URI.create(one.uri()), URI.create(other.uri()));
            String token = RestAssured.given().baseUri(one.uri()).post("/transactions/begin").then().statusCode(200).extract()
                    .cookie("connsid");
            try (Crowd crowd = Crowd.start(instances, token, Crowd.ALL, "field", each).join()) {
                assertThat(crowd.wrong()).isEmpty();
                assertThat(crowd.unknown()).isZero();
                assertThat(crowd.acknowledged() + crowd.refused()).isEqualTo(Crowd.CLIENTS * each);
                assertThat(totals(other, token)).contains(" field=" + crowd.acknowledged() + " ");
            }
            try (Crowd crowd = Crowd.start(instances, token, Crowd.REQUESTS, "ticket", each).join()) {
                assertThat(crowd.wrong()).isEmpty();
                assertThat(crowd.tickets()).isEqualTo(IntStream.rangeClosed(1, crowd.acknowledged()).boxed().toList());
                assertThat(crowd.acknowledged() + crowd.refused()).isEqualTo(Crowd.CLIENTS * each);
                assertThat(totals(one, token)).contains(" ticket=" + crowd.acknowledged() + " ");
            }
        }
    }

    private PackagedApplication instance() {
        return PackagedApplication.start("-Dquarkus.redis.hosts=" + redis.uri());
    }

    private static String totals(PackagedApplication instance, String token) {
        return RestAssured.given().baseUri(instance.uri()).cookie("connsid", token).get("/transactions/totals").asString();
    }
}
