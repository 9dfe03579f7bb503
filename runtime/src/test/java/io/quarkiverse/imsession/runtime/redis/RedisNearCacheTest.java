package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.session.NearInstance;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.test.RedisServer;

/** Instances of an application that keep sessions of one Redis near. */
class RedisNearCacheTest {

    @RegisterExtension
    final RedisFixture<RedisServer> redis = RedisFixture.standalone("near");

    private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    private NearInstance one;
    private NearInstance two;

    @BeforeEach
    void start() {
        one = instance();
        two = instance();
        one.awaitUse();
        two.awaitUse();
    }

    private NearInstance instance() {
        return new NearInstance(redis.newStore(), events::add);
    }

    @AfterEach
    void stop() {
        one.store().close();
        two.store().close();
    }

    @Test
    void readsOfAKnownSessionCostNoCommand() throws Exception {
        String cookie = one.request(null, session -> session.set(SessionData.of("a", 1)));
        await().until(() -> {
            one.load(cookie);
            return redis.server().count(() -> {
                for (int i = 0; i < 10; i++) {
                    assertThat(one.load(cookie).data()).isEqualTo(SessionData.of("a", 1));
                }
            }).getOrDefault("hgetall", 0) == 0;
        });
    }

    @Test
    void clientSeesItsOwnChangesOnEveryInstance() {
        String cookie = one.request(null, session -> session.set(SessionData.of("count", 0)));
        for (int i = 1; i <= 500; i++) {
            NearInstance writer = i % 2 == 0 ? one : two;
            cookie = writer.request(cookie, session -> session.update(data -> data.with("count", count(data) + 1)));
            assertThat(count(one.load(cookie).data())).isEqualTo(i);
            assertThat(count(two.load(cookie).data())).isEqualTo(i);
        }
        assertThat(one.hits() + two.hits()).isPositive();
    }

    @Test
    void changesAndEndsByOthersAreSeenSoon() {
        String cookie = one.request(null, session -> session.set(SessionData.of("a", 1)));
        two.keep(cookie);
        one.request(cookie, session -> session.set(SessionData.of("a", 2)));
        await().atMost(Duration.ofSeconds(2)).until(() -> two.load(cookie).data().equals(SessionData.of("a", 2)));
        two.keep(cookie);
        one.request(cookie, session -> session.destroy());
        await().atMost(Duration.ofSeconds(2)).until(() -> !two.load(cookie).exists());
    }

    @Test
    void nothingIsNearAfterAFlush() {
        String cookie = one.request(null, session -> session.set(SessionData.of("a", 1)));
        one.keep(cookie);
        redis.server().command("FLUSHALL");
        await().atMost(Duration.ofSeconds(2)).until(() -> !one.load(cookie).exists());
    }

    @Test
    void killedConnectionIsReplacedAndNothingStaleIsGivenOutMeanwhile() {
        String cookie = one.request(null, session -> session.set(SessionData.of("a", 1)));
        two.keep(cookie);
        redis.server().command("CLIENT", "KILL", "TYPE", "normal");
        redis.server().command("HSET", redis.keys().session(NearInstance.id(cookie)), "a", "3");
        await().atMost(Duration.ofSeconds(2)).ignoreExceptions()
                .until(() -> two.load(cookie).data().equals(SessionData.of("a", 3)));
        two.awaitUse();
    }

    @Test
    void hangingRedisEndsTheUseOfTheCacheAfterTheBound() throws Exception {
        String cookie = one.request(null, session -> session.set(SessionData.of("a", 1)));
        one.keep(cookie);
        redis.server().hang();
        try {
            await().pollInterval(Duration.ofMillis(10)).atMost(NearInstance.MAX_SILENCE.multipliedBy(2))
                    .until(() -> one.near().get(NearInstance.id(cookie), 0) == null);
        } finally {
            redis.server().goOn();
        }
        one.awaitUse();
    }

    @Test
    void expiryIsToldOnceByEachInstanceThatHasTheSession() throws Exception {
        SessionId id = keptByBothUntilItsEnd();
        await().atMost(Duration.ofSeconds(60)).until(() -> expired(id) == 2);
        // What is told afterwards of the same key tells nothing new.
        redis.server().command("SET", redis.keys().session(id), "x");
        redis.server().command("DEL", redis.keys().session(id));
        one.awaitUse();
        two.awaitUse();
        assertThat(expired(id)).isEqualTo(2);
        assertThat(events).noneMatch(event -> event instanceof SessionEvent.Expired other && !other.id().equals(id));
    }

    private long expired(SessionId id) {
        return events.stream().filter(new SessionEvent.Expired(id)::equals).count();
    }

    /** A session that ends soon. On a slow machine it may have ended before both have it, and then another one is made. */
    private SessionId keptByBothUntilItsEnd() {
        String cookie;
        String key;
        do {
            cookie = one.request(null, session -> session.set(SessionData.of("a", 1)));
            key = redis.keys().session(NearInstance.id(cookie));
            long end = System.currentTimeMillis() + 3_000;
            String[] meta = redis.server().hash(key).get("@meta").split(" ");
            redis.server().command("HSET", key, "@meta", meta[0] + ' ' + meta[1] + ' '
                    + (end - SessionStore.EXPIRY_SLACK.toMillis()) + ' ' + meta[3]);
            redis.server().command("PEXPIREAT", key, Long.toString(end + 50));
            while (System.currentTimeMillis() < end && !(one.has(cookie) && two.has(cookie))) {
                one.load(cookie);
                two.load(cookie);
            }
        } while (redis.server().command("EXISTS", key).equals(0L));
        return NearInstance.id(cookie);
    }

    @Test
    void clientsThatHopBetweenInstancesReadTheirWritesAndNeverGoBack() throws Exception {
        NearInstance three = instance();
        three.awaitUse();
        List<NearInstance> all = List.of(one, two, three);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                long seed = i;
                clients.add(threads.submit(() -> hop(all, new Random(seed), 2_000)));
            }
            int acknowledged = 0;
            for (Future<Integer> client : clients) {
                acknowledged += client.get();
            }
            assertThat(acknowledged).isPositive();
        } finally {
            threads.shutdownNow();
            three.store().close();
        }
        assertThat(all.stream().mapToInt(NearInstance::hits).sum()).isPositive();
    }

    private static int hop(List<NearInstance> instances, Random random, int operations) {
        String cookie = instances.get(0).request(null, session -> session.set(SessionData.of("count", 0)));
        int written = 0;
        for (int i = 0; i < operations; i++) {
            NearInstance instance = instances.get(random.nextInt(instances.size()));
            int expected = written;
            if (random.nextInt(20) == 0) {
                cookie = instance.request(cookie, session -> {
                    assertThat(count(session.data())).isEqualTo(expected);
                    session.update(data -> data.with("count", count(data) + 1));
                });
                written++;
            } else if (random.nextInt(200) == 0) {
                cookie = instance.request(cookie, session -> session.renew());
            } else {
                assertThat(count(instance.load(cookie).data())).as("seed and operation %d", i).isEqualTo(expected);
            }
        }
        return written;
    }

    private static int count(SessionData data) {
        return data.get("count", Integer.class).orElse(-1);
    }
}
