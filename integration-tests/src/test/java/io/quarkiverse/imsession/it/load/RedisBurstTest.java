package io.quarkiverse.imsession.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(RedisProfile.class)
class RedisBurstTest {

    private static final Pattern READS = Pattern.compile("total_reads_processed:(\\d+)");

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
        Matcher reads = READS.matcher((String) RedisTestResource.server().command("INFO", "stats"));
        assertThat(reads.find()).isTrue();
        return Long.parseLong(reads.group(1));
    }
}
