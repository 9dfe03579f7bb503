package io.quarkiverse.imsession.runtime.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.session.NearApplication;
import io.quarkiverse.imsession.runtime.session.NearCacheContract;

@Tag("further")
class PostgresNearCacheTest extends NearCacheContract<PostgresSessionStore> {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    @Override
    protected PostgresSessionStore newStore() {
        return POSTGRES.tellingStore();
    }

    @Override
    protected void close(PostgresSessionStore store) {
        store.close();
    }

    @Override
    protected Duration soon() {
        return Duration.ofSeconds(30);
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
    void allEndsAreTold() {
        for (int i = 0; i < 4; i++) {
            String cookie = create(1);
            two.keep(cookie);
            SessionId id = NearApplication.id(cookie);
            switch (i) {
                case 0 -> one.store().destroy(id).toCompletableFuture().join();
                case 1 -> one.store().destroyEverySession(ended -> {
                }).toCompletableFuture().join();
                // As the page on operations has it.
                case 2 -> POSTGRES.server().command("DELETE FROM imsession_session WHERE id = ?"
                        + " RETURNING pg_notify('imsession:imsession_', id || ' 0')", id.value());
                default -> POSTGRES.server().command("UPDATE imsession_session SET cleanup_at = now(),"
                        + " expires_at = now() - interval '11 s' WHERE id = ?", id.value());
            }
            await().atMost(soon()).until(() -> !two.load(cookie).exists());
        }
    }

    @Test
    void expiryIsTold() {
        String cookie = create(1);
        one.keep(cookie);
        SessionId id = NearApplication.id(cookie);
        two.request(cookie, session -> session.touch(Duration.ofSeconds(1)));
        await().atMost(soon()).until(() -> {
            one.load(cookie);
            return one.near().get(id, 2) != null;
        });
        POSTGRES.server().command("UPDATE imsession_session SET cleanup_at = expires_at + interval '10 s' WHERE id = ?",
                id.value());
        await().atMost(soon()).until(() -> events.contains(new SessionEvent.Expired(id)));
    }

    @Test
    void lostConnectionIsReplacedAndNothingStaleIsGivenOutMeanwhile() {
        String cookie = create(1);
        two.keep(cookie);
        POSTGRES.server().disconnectAll();
        POSTGRES.server().command("UPDATE imsession_session SET data = '{\"count\":3}', version = version + 1 WHERE id = ?",
                NearApplication.id(cookie).value());
        await().atMost(soon()).ignoreExceptionsInstanceOf(CompletionException.class)
                .until(() -> two.load(cookie).data().equals(SessionData.of("count", 3)));
        two.awaitUse();
    }

    @Test
    void hangingServerEndsTheUseOfTheCacheAfterTheBound() {
        String cookie = create(1);
        one.keep(cookie);
        POSTGRES.server().hang();
        try {
            await().pollInterval(Duration.ofMillis(10)).atMost(soon()).until(() -> !one.has(cookie));
        } finally {
            POSTGRES.server().goOn();
        }
        one.awaitUse();
    }
}
