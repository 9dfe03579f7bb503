package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.runtime.redis.HoppingClients.Disturbance;
import io.quarkiverse.imsession.runtime.session.NearInstance;
import io.quarkiverse.imsession.test.RedisProxy;

/** What clients read that hop between instances with near caches, while Redis and the network do what they can. */
@Tag("further")
class NearHistoryTest {

    private static final String SEED = "imsession.near.seed";
    private static final int SHORT = 16_000;
    private static final int LONG = 25_000;

    @RegisterExtension
    final RedisFixture<RedisProxy> redis = RedisFixture.proxied("near");

    private final long seed = Long.getLong(SEED, ThreadLocalRandom.current().nextLong(1_000_000));
    private final List<NearInstance> instances = new ArrayList<>();
    private HoppingClients clients;

    /** What happens while clients hop. */
    enum Fault {
        CUT,
        HELD,
        KILLED,
        HUNG,
        FLUSHED,
        CLOCK_STEPS
    }

    @AfterEach
    void stop() {
        instances.forEach(instance -> instance.store().close());
    }

    @ParameterizedTest
    @ValueSource(ints = { 2, 3 })
    void hoppingClientsReadTheirWritesNeverGoBackAndSeeOthersInTime(int count) throws Exception {
        run(count, SHORT, Thread::yield);
        assertThat(clients.failures()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = { 2, 3 })
    @Tag("full")
    void hoppingClientsReadTheirWritesNeverGoBackAndSeeOthersInTimeForLong(int count) throws Exception {
        run(count, LONG, Thread::yield);
        assertThat(clients.failures()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void faultsMakeHoppingClientsReadNothingOlder(Fault fault) throws Exception {
        run(2, SHORT, disturbance(fault));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("full")
    void faultsMakeHoppingClientsReadNothingOlderForLong(Fault fault) throws Exception {
        run(3, LONG, disturbance(fault));
    }

    private void run(int count, int operations, Disturbance disturbance) throws Exception {
        System.out.printf("With -D%s=%d%n", SEED, seed);
        for (int i = 0; i < count; i++) {
            instances.add(new NearInstance(redis.newStore(), event -> {
            }));
            instances.get(i).awaitUse();
        }
        clients = new HoppingClients(instances, NearInstance.MAX_SILENCE);
        clients.run(seed, operations, disturbance);
        assertThat(instances).allMatch(instance -> instance.hits() > 0);
        instances.forEach(NearInstance::awaitUse);
    }

    private Disturbance disturbance(Fault fault) {
        Random random = new Random(seed);
        RedisProxy proxy = redis.server();
        return switch (fault) {
            case CUT -> () -> {
                proxy.cutTracking();
                pause(random, 200);
            };
            case HELD -> () -> {
                proxy.holdTracking();
                pause(random, 1500);
                proxy.releaseTracking();
                pause(random, 300);
            };
            case KILLED -> () -> {
                proxy.server().command("CLIENT", "KILL", "TYPE", "normal");
                pause(random, 400);
            };
            case HUNG -> () -> {
                proxy.server().hang();
                pause(random, 700);
                proxy.server().goOn();
                pause(random, 700);
            };
            case FLUSHED -> () -> {
                clients.removeAll(() -> proxy.server().command("FLUSHALL"));
                pause(random, 200);
            };
            case CLOCK_STEPS -> () -> {
                long step = (random.nextInt(120) - 60) * 1_000L;
                instances.forEach(instance -> instance.store().clock().set(System.currentTimeMillis() + step));
                pause(random, 20);
            };
        };
    }

    /** How long a fault lasts is part of it. */
    private static void pause(Random random, int mostMillis) throws InterruptedException {
        Thread.sleep(random.nextInt(mostMillis));
    }
}
