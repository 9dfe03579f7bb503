package io.quarkiverse.imsession.it.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.PackagedApplication;
import io.quarkiverse.imsession.test.RedisServer;
import io.restassured.RestAssured;
import io.restassured.response.Response;

/** Two packaged applications that keep the sessions of one Redis near, and clients that hop between them. */
@Tag("full")
class NearInstancesIT {

    private static final int CLIENTS = 6;
    private static final int REQUESTS = 100;

    @Test
    void clientsThatHopReadTheirWritesAndLogOutsAreSeenOnBoth() throws Exception {
        try (RedisServer redis = RedisServer.start();
                PackagedApplication one = instance(redis);
                PackagedApplication two = instance(redis)) {
            List<String> instances = List.of(one.uri(), two.uri());
            IntStream.range(0, CLIENTS).parallel().forEach(client -> hop(instances, new Random(client)));
            assertReadsCostNothing(redis, instances);
            assertThat(one.trouble()).isEmpty();
            assertThat(two.trouble()).isEmpty();
        }
    }

    /** A machine that is too busy for a second must not look like a Redis that is silent. */
    private static PackagedApplication instance(RedisServer redis) {
        return PackagedApplication.start(List.of(), "-Dquarkus.redis.hosts=" + redis.uri(),
                "-Dquarkus.imsession.near-cache.enabled=true", "-Dquarkus.imsession.near-cache.max-silence=10S");
    }

    private static void hop(List<String> instances, Random random) {
        String token = token(post(instances.get(0), "set?field=count&value=0", null), null);
        int written = 0;
        for (int i = 0; i < REQUESTS; i++) {
            String instance = instances.get(random.nextInt(instances.size()));
            if (random.nextInt(10) == 0) {
                written++;
                token = token(post(instance, "set?field=count&value=" + written, token), token);
            } else {
                Response read = post(instance, "read", token);
                assertThat(read.asString()).contains("\"count\":\"" + written + "\"");
                token = token(read, token);
            }
        }
        String last = token;
        post(instances.get(0), "destroy", last);
        await().until(() -> post(instances.get(1), "read", last).asString().contains("\"exists\":false"));
    }

    private static void assertReadsCostNothing(RedisServer redis, List<String> instances) {
        String token = token(post(instances.get(0), "set?field=count&value=1", null), null);
        await().until(() -> {
            instances.forEach(instance -> post(instance, "read", token));
            return redis.count(() -> {
                for (int i = 0; i < 10; i++) {
                    instances.forEach(instance -> post(instance, "read", token));
                }
            }).getOrDefault("hgetall", 0) == 0;
        });
    }

    private static Response post(String instance, String path, String token) {
        Response response = (token == null ? RestAssured.given() : RestAssured.given().header("Cookie", "connsid=" + token))
                .baseUri(instance).post("/races/" + path);
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }

    private static String token(Response response, String before) {
        String sent = response.cookie("connsid");
        return sent == null ? before : sent;
    }
}
