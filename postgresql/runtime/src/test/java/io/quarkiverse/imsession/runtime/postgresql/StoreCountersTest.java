package io.quarkiverse.imsession.runtime.postgresql;

import static io.quarkiverse.imsession.runtime.postgresql.PostgresFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;

class StoreCountersTest {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    private final SecureRandom random = new SecureRandom();
    private final AtomicLong cleaned = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final StoreCounters counters = new StoreCounters(cleaned::addAndGet, retries::incrementAndGet);

    @Test
    void sessionsThatCleanUpRemovesAreCounted() {
        PostgresSessionStore store = POSTGRES.store(Duration.ofMillis(50), counters);
        SessionToken token = create(store);
        create(store);
        POSTGRES.server().command("UPDATE imsession_session SET expires_at = now() - interval '1 h', cleanup_at = now()"
                + " WHERE id = ?", token.id().value());
        Awaitility.await().until(() -> cleaned.get() == 1);
        assertThat(POSTGRES.server().command("SELECT 1 FROM imsession_session WHERE id = ?", token.id().value())).isEmpty();
        store.close();
    }

    @Test
    void statementsThatAreSentAgainAreCounted() throws Exception {
        PostgresSessionStore store = POSTGRES.store(Duration.ZERO, counters);
        SessionToken token = create(store);
        assertThat(await(store.load(token.id()))).isNotNull();
        assertThat(retries).hasValue(0);
        try (Connection connection = POSTGRES.server().connect(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE imsession_session IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<StoredSession> load = store.load(token.id()).toCompletableFuture();
            Awaitility.await().until(() -> (Long) POSTGRES.server()
                    .value("SELECT count(*) FROM pg_locks WHERE NOT granted") == 1);
            POSTGRES.server().disconnectAll();
            connection.commit();
            assertThat(await(load)).isNotNull();
        }
        assertThat(retries.get()).isPositive();
    }

    private SessionToken create(PostgresSessionStore store) {
        SessionToken token = SessionToken.generate(random);
        await(store.create(token.id(), new NewSession(token.hash(), SessionData.of("a", 1),
                new Expiry(Duration.ofDays(1), null, null))));
        return token;
    }
}
