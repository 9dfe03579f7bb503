package io.quarkiverse.imsession.runtime.postgresql;

import static io.quarkiverse.imsession.runtime.postgresql.PostgresFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.runtime.store.SessionLimit;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;

/** Many clients do all that a store can do to few sessions of few users, while all instances clean up. */
@Tag("further")
class DeadlockTest {

    private static final int CLIENTS = 16;
    private static final int SESSIONS = 8;
    private static final int USERS = 4;
    private static final Expiry HOUR = new Expiry(Duration.ofHours(1), null, null);
    private static final Expiry SHORT = new Expiry(Duration.ofHours(1), Duration.ofMillis(1), null);

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture("deadlock_timeout=10ms");

    private final List<PostgresSessionStore> stores = new ArrayList<>();
    private final AtomicReferenceArray<SessionToken> sessions = new AtomicReferenceArray<>(SESSIONS);

    @Test
    void noOperationsWaitForEachOther() throws Exception {
        run(400);
    }

    @Test
    @Tag("full")
    void noOperationsWaitForEachOtherForLong() throws Exception {
        run(2_000);
    }

    private void run(int operations) throws Exception {
        for (int i = 0; i < 3; i++) {
            stores.add(POSTGRES.store(POSTGRES.pool(10), PostgresFixture.COMMAND_TIMEOUT,
                    new SessionLimits(Map.of("seat", new SessionLimit(2, true), "screen", new SessionLimit(3, false)),
                            (id, full) -> {
                            }),
                    Duration.ofMillis(5), "user_id", "tenant", "seat", "screen"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(new Client(i, operations)));
            }
            for (Future<?> client : clients) {
                client.get(600, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        // The numbers of a connection that is still open are told after a while.
        POSTGRES.server().disconnectAll();
        assertThat((Long) POSTGRES.server().value("SELECT deadlocks FROM pg_stat_database WHERE datname = 'postgres'"))
                .isZero();
    }

    private final class Client implements Runnable {

        private final Random random;
        private final SecureRandom secrets = new SecureRandom();
        private final PostgresSessionStore store;
        private final int operations;

        Client(int number, int operations) {
            this.random = new Random(number);
            this.store = stores.get(number % stores.size());
            this.operations = operations;
        }

        @Override
        public void run() {
            for (int i = 0; i < operations; i++) {
                try {
                    operate(random.nextInt(SESSIONS));
                } catch (CompletionException e) {
                    assertThat(e).hasRootCauseInstanceOf(SessionLimitException.class);
                }
            }
        }

        private void operate(int index) {
            SessionToken token = sessions.get(index);
            StoredSession basis = token == null ? null : await(store.load(token.id()));
            if (basis == null || basis.isReplaced()) {
                SessionToken created = SessionToken.generate(secrets);
                await(store.create(created.id(), new NewSession(created.hash(), data(), HOUR)));
                sessions.set(index, created);
                return;
            }
            switch (random.nextInt(12)) {
                case 0 -> await(store.destroy(token.id()));
                case 1 -> await(store.destroy(token.id(), new Presented(token.hash(), basis.version())));
                case 2 -> await(store.destroyAll(Reference.of("user_id", random.nextInt(USERS)), null, id -> {
                }));
                case 3 -> await(store.destroyAll(Reference.of("tenant", random.nextInt(USERS)), token.id(), id -> {
                }));
                case 4, 5 -> {
                    SessionToken next = SessionToken.generate(secrets);
                    await(store.replace(token.id(), new Presented(token.hash(), basis.version()),
                            random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(1), next.id(),
                            new NewSession(next.hash(), data(), HOUR)));
                    sessions.set(index, next);
                }
                case 6 -> await(store.update(token.id(),
                        new SessionUpdate(basis, token.hash(), Map.of(), Set.of(), TokenChange.KEEP, SHORT)));
                default -> await(store.update(token.id(), new SessionUpdate(basis, token.hash(), data().toJson(),
                        random.nextBoolean() ? Set.of("seat") : Set.of("tenant", "screen"), TokenChange.KEEP, HOUR)));
            }
        }

        private SessionData data() {
            SessionData data = SessionData.of("user_id", random.nextInt(USERS), "tenant", random.nextInt(USERS));
            return switch (random.nextInt(4)) {
                case 0 -> data.with("seat", random.nextInt(USERS));
                case 1 -> data.with("screen", random.nextInt(USERS));
                case 2 -> data.with("seat", random.nextInt(USERS)).with("screen", random.nextInt(USERS));
                default -> data;
            };
        }
    }
}
