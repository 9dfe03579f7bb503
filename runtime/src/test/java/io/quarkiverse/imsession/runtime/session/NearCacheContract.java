package io.quarkiverse.imsession.runtime.session;

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

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.spi.SessionChanges;
import io.quarkiverse.imsession.spi.SessionStore;

/**
 * What clients of several instances of an application read that keep sessions of one store near.
 *
 * @param <S> the store
 */
public abstract class NearCacheContract<S extends SessionStore & SessionChanges> {

    protected final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    protected NearApplication<S> one;
    protected NearApplication<S> two;

    /** The store of another instance, on the same server. */
    protected abstract S newStore();

    protected abstract void close(S store);

    /** How long it may take until an instance sees what another one has changed. */
    protected abstract Duration soon();

    @BeforeEach
    void startInstances() {
        one = instance();
        two = instance();
        one.awaitUse();
        two.awaitUse();
    }

    private NearApplication<S> instance() {
        return new NearApplication<>(newStore(), events::add);
    }

    @AfterEach
    void stopInstances() {
        close(one.store());
        close(two.store());
    }

    @Test
    void clientSeesItsOwnChangesOnEveryInstance() {
        String cookie = create(0);
        for (int i = 1; i <= 500; i++) {
            NearApplication<S> writer = i % 2 == 0 ? one : two;
            cookie = writer.request(cookie, session -> session.update(data -> data.with("count", count(data) + 1)));
            assertThat(count(one.load(cookie).data())).isEqualTo(i);
            assertThat(count(two.load(cookie).data())).isEqualTo(i);
        }
        assertThat(one.hits() + two.hits()).isPositive();
    }

    @Test
    void changesAndEndsByOthersAreSeenSoon() {
        String cookie = create(1);
        two.keep(cookie);
        one.request(cookie, session -> session.set(SessionData.of("count", 2)));
        await().atMost(soon()).until(() -> two.load(cookie).data().equals(SessionData.of("count", 2)));
        two.keep(cookie);
        one.request(cookie, session -> session.destroy());
        await().atMost(soon()).until(() -> !two.load(cookie).exists());
    }

    @Test
    void clientsThatHopBetweenInstancesReadTheirWritesAndNeverGoBack() throws Exception {
        NearApplication<S> three = instance();
        three.awaitUse();
        List<NearApplication<S>> all = List.of(one, two, three);
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
            close(three.store());
        }
        assertThat(all.stream().mapToInt(NearApplication::hits).sum()).isPositive();
    }

    private int hop(List<NearApplication<S>> instances, Random random, int operations) {
        String cookie = create(0);
        int written = 0;
        for (int i = 0; i < operations; i++) {
            NearApplication<S> instance = instances.get(random.nextInt(instances.size()));
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

    /** The cookie of a new session. */
    protected final String create(int count) {
        return one.request(null, session -> session.set(SessionData.of("count", count)));
    }

    private static int count(SessionData data) {
        return data.get("count", Integer.class).orElse(-1);
    }
}
