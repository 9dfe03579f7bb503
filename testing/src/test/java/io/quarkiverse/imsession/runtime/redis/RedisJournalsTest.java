package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.spi.JournalStore;
import io.quarkiverse.imsession.spi.JournalStore.Limits;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.testing.JournalStoreContract;

class RedisJournalsTest extends JournalStoreContract {

    private static final Map<String, String> ENTRY = Map.of("kind", "logged_in", "agent", "Firefox");
    private static final Limits WEEK = new Limits(3, Duration.ofDays(7));

    @RegisterExtension
    static final RedisFixture<RedisServer> REDIS = RedisFixture.standalone("test");

    @Override
    protected JournalStore store() {
        return REDIS.store();
    }

    @Test
    void everyOperationIsOneCommand() throws Exception {
        Reference user = user();
        append(user, ENTRY, WEEK);
        assertThat(REDIS.server().count(() -> append(user, ENTRY, WEEK))).isEqualTo(Map.of("evalsha", 1));
        assertThat(REDIS.server().count(() -> read(user, 10, WEEK))).isEqualTo(Map.of("xrevrange", 1));
        assertThat(REDIS.server().count(() -> await(store().eraseJournal(user)))).isEqualTo(Map.of("unlink", 1));
    }

    @Test
    void journalIsOneKeyThatExpiresWithItsNewestEntry() {
        Reference user = Reference.of("user_id", 7);
        for (int i = 0; i < 5; i++) {
            append(user, ENTRY, WEEK);
        }
        String key = "test:journal:user_id:{7}";
        assertThat(REDIS.keys().journal("user_id", 7)).isEqualTo(key);
        assertThat(REDIS.server().command("TYPE", key)).isEqualTo("stream");
        assertThat(REDIS.server().command("XLEN", key)).isEqualTo(3L);
        assertThat((Long) REDIS.server().command("PTTL", key)).isBetween(Duration.ofDays(6).toMillis(),
                Duration.ofDays(7).toMillis());
    }

    @Test
    void whatIsTooOldIsRemovedWithTheNextEntry() {
        Reference user = user();
        String key = REDIS.keys().journal(user);
        REDIS.server().command("XADD", key, "1000-0", "kind", "logged_in");
        append(user, ENTRY, WEEK);
        assertThat(REDIS.server().command("XLEN", key)).isEqualTo(1L);
    }

    @Test
    void brokenJournalIsAFailureOfThatUserOnly() {
        Reference user = user();
        REDIS.server().command("SET", REDIS.keys().journal(user), "no stream");
        assertThat(store().appendToJournal(user, ENTRY, WEEK).toCompletableFuture()).failsWithin(Duration.ofSeconds(60));
        assertThat(store().readJournal(user, 1, WEEK).toCompletableFuture()).failsWithin(Duration.ofSeconds(60));
        assertThat(await(store().eraseJournal(user))).isTrue();
        append(user, ENTRY, WEEK);
        assertThat(read(user, 10, WEEK)).hasSize(1);
    }
}
