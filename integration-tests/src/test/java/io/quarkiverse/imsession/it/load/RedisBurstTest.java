package io.quarkiverse.imsession.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@Tag("shared")
@QuarkusTest
@TestProfile(RedisProfile.class)
class RedisBurstTest {

    @Test
    void commandsOfOneTurnOfAnEventLoopReachRedisTogether() {
        long before = readsOfRedis();
        int commands = Integer.parseInt(new Client().post("/load/burst", null).body());

        assertThat(commands).isEqualTo(100);
        // A few more if this event loop connects first.
        assertThat(readsOfRedis() - before).isLessThan(commands / 4);
    }

    /** How often it read from a connection. */
    private static long readsOfRedis() {
        return RedisTestResource.server().stat("total_reads_processed");
    }
}
