package io.quarkiverse.imsession.runtime.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
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
import io.quarkiverse.imsession.runtime.session.NearApplication;

class PostgresNearCacheTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    private NearApplication<PostgresSessionStore> one;
    private NearApplication<PostgresSessionStore> two;

    @BeforeEach
    void start() {
        one = instance();
        two = instance();
        one.awaitUse();
        two.awaitUse();
    }

    private NearApplication<PostgresSessionStore> instance() {
        return new NearApplication<>(POSTGRES.tellingStore(), events::add);
    }

    @AfterEach
    void stop() {
        one.store().close();
        two.store().close();
    }

    @Test
    void readsOfAKnownSessionCostNoStatement() {
        String cookie = create(1);
        await().until(() -> {
            one.load(cookie);
            int loads = one.loads();
            for (int i = 0; i < 10; i++) {
                assertThat(one.load(cookie).data()).isEqualTo(SessionData.of("count", 1));
            }
            return one.loads() == loads;
        });
    }

    @Test
    void clientSeesItsOwnChangesOnEveryInstance() {
        String cookie = create(0);
        for (int i = 1; i <= 500; i++) {
            NearApplication<PostgresSessionStore> writer = i % 2 == 0 ? one : two;
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
        await().atMost(SOON).until(() -> two.load(cookie).data().equals(SessionData.of("count", 2)));
        two.keep(cookie);
        one.request(cookie, session -> session.destroy());
        await().atMost(SOON).until(() -> !two.load(cookie).exists());
    }

    @Test
    void allEndsAreTold() {
        for (int i = 0; i < 3; i++) {
            String cookie = create(1);
            two.keep(cookie);
            SessionId id = NearApplication.id(cookie);
            switch (i) {
                case 0 -> one.store().destroy(id).toCompletableFuture().join();
                case 1 -> one.store().destroyEverySession(ended -> {
                }).toCompletableFuture().join();
                default -> POSTGRES.server().command("UPDATE imsession_session SET cleanup_at = now(),"
                        + " expires_at = now() - interval '11 s' WHERE id = ?", id.value());
            }
            await().atMost(SOON).until(() -> !two.load(cookie).exists());
        }
    }

    @Test
    void expiryIsTold() {
        String cookie = create(1);
        one.keep(cookie);
        SessionId id = NearApplication.id(cookie);
        two.request(cookie, session -> session.touch(Duration.ofSeconds(1)));
        await().atMost(SOON).until(() -> {
            one.load(cookie);
            return one.near().get(id, 2) != null;
        });
        POSTGRES.server().command("UPDATE imsession_session SET cleanup_at = expires_at + interval '10 s' WHERE id = ?",
                id.value());
        await().atMost(SOON).until(() -> events.contains(new SessionEvent.Expired(id)));
    }

    @Test
    void lostConnectionIsReplacedAndNothingStaleIsGivenOutMeanwhile() {
        String cookie = create(1);
        two.keep(cookie);
        POSTGRES.server().disconnectAll();
        POSTGRES.server().command("UPDATE imsession_session SET data = '{\"count\":3}', version = version + 1 WHERE id = ?",
                NearApplication.id(cookie).value());
        await().atMost(SOON).ignoreExceptionsInstanceOf(CompletionException.class)
                .until(() -> two.load(cookie).data().equals(SessionData.of("count", 3)));
        two.awaitUse();
    }

    @Test
    void hangingServerEndsTheUseOfTheCacheAfterTheBound() {
        String cookie = create(1);
        one.keep(cookie);
        POSTGRES.server().hang();
        try {
            await().pollInterval(Duration.ofMillis(10)).atMost(SOON).until(() -> !one.has(cookie));
        } finally {
            POSTGRES.server().goOn();
        }
        one.awaitUse();
    }

    @Test
    void clientsThatHopBetweenInstancesReadTheirWritesAndNeverGoBack() throws Exception {
        NearApplication<PostgresSessionStore> three = instance();
        three.awaitUse();
        List<NearApplication<PostgresSessionStore>> all = List.of(one, two, three);
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
        assertThat(all.stream().mapToInt(NearApplication::hits).sum()).isPositive();
    }

    private static int hop(List<NearApplication<PostgresSessionStore>> instances, Random random, int operations) {
        String cookie = instances.get(0).request(null, session -> session.set(SessionData.of("count", 0)));
        int written = 0;
        for (int i = 0; i < operations; i++) {
            NearApplication<PostgresSessionStore> instance = instances.get(random.nextInt(instances.size()));
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

    private String create(int value) {
        return one.request(null, session -> session.set(SessionData.of("count", value)));
    }

    private static int count(SessionData data) {
        return data.get("count", Integer.class).orElse(-1);
    }
}
