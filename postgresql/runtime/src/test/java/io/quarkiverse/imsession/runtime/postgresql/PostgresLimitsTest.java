package io.quarkiverse.imsession.runtime.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.store.CappedSessionStoreContract;
import io.quarkiverse.imsession.runtime.store.SessionLimit;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.IndexedSessionStore;

@Tag("further")
class PostgresLimitsTest extends CappedSessionStoreContract {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();
    static PostgresSessionStore store;
    /** The test that gets what is ended. */
    private static PostgresLimitsTest running;

    @BeforeAll
    static void open() {
        store = POSTGRES.store(limits(), "user_id", "tenant", REFUSING, ENDING);
    }

    static SessionLimits limits() {
        return new SessionLimits(Map.of(REFUSING, new SessionLimit(MAX, false), ENDING, new SessionLimit(MAX, true)),
                (id, full) -> running.ended.add(id));
    }

    @BeforeEach
    void run() {
        running = this;
    }

    @Override
    protected IndexedSessionStore store() {
        return store;
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        return POSTGRES.timeToLive(id);
    }

    @Override
    protected void expire(SessionId id) {
        POSTGRES.server().command("UPDATE imsession_session SET expires_at = now() - interval '11 s' WHERE id = ?", id.value());
    }

    @Override
    protected <T> T watching(String field, String value, Callable<T> work) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong most = new AtomicLong();
        Thread watcher = new Thread(() -> {
            while (!over.get()) {
                most.accumulateAndGet((Long) POSTGRES.server().value(
                        "SELECT count(*) FROM imsession_reference r JOIN imsession_session s ON s.id = r.session_id"
                                + " WHERE field = ? AND value = ? AND token <> ''",
                        field, value), Math::max);
            }
        });
        watcher.start();
        try {
            return work.call();
        } finally {
            over.set(true);
            watcher.join();
            assertThat(most.get()).as("the most sessions at a time").isLessThanOrEqualTo(MAX);
        }
    }
}
