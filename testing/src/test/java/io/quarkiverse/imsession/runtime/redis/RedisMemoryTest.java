package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.spi.TokenState;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.RedisServer;

/** What a session takes in Redis, with the default prefix of keys. */
class RedisMemoryTest {

    @RegisterExtension
    static final RedisFixture<RedisServer> REDIS = RedisFixture.standalone("imsession");

    private static final SessionData TYPICAL = SessionData.of("user", "user31-1234", "views", 0, "theme", "dark", "cart",
            List.of("item-0001", "item-0002", "item-0003", "item-0004", "item-0005", "item-0006", "item-0007", "item-0008",
                    "item-0009", "item-0010"));
    private static final SessionData SMALL = SessionData.of("user", "Ada", "views", 0);
    private static final int UPDATES = 100;
    private static final long MOST_BYTES = 600;
    /** Before version 7 Redis kept so many bytes more with the table of a hash. */
    private static final long MORE_BEFORE_7 = 40;

    private final SecureRandom random = new SecureRandom();
    private SessionToken token;

    @BeforeEach
    void newToken() {
        token = SessionToken.generate(random);
    }

    @Test
    void typicalSessionTakesAtMost600BytesFromTheBeginning() {
        create(TYPICAL, Map.of());
        assertThat(memoryUsage()).isLessThanOrEqualTo(mostBytes());
        for (int i = 1; i <= UPDATES; i++) {
            update(token.hash(), Map.of("views", Integer.toString(i)), TokenChange.KEEP);
        }
        assertThat(memoryUsage()).as("after %s updates", UPDATES).isLessThanOrEqualTo(mostBytes());
    }

    @Test
    void smallSessionIsCompact() {
        create(SMALL, Map.of());
        assertCompact();
        for (int i = 1; i <= UPDATES; i++) {
            update(token.hash(), Map.of("views", Integer.toString(i)), TokenChange.KEEP);
        }
        assertCompact();
    }

    @Test
    void smallSessionStaysCompactWhenItsTokenIsReplaced() {
        create(SMALL, Map.of("@csrf", "x".repeat(43)));
        SessionToken lost = token.renew(random);
        update(token.hash(), Map.of(), new TokenChange.Rotate(lost.hash(), Duration.ZERO, Duration.ZERO));
        assertCompact();
        // The client does not use the new token: so it is lost, and kept as the second of those before.
        SessionToken next = token.renew(random);
        update(token.hash(), Map.of(), new TokenChange.Rotate(next.hash(), Duration.ofMinutes(1), Duration.ZERO));
        assertThat(load().token()).extracting(TokenState::current, TokenState::previous, TokenState::dropped)
                .containsExactly(next.hash(), token.hash(), lost.hash());
        assertCompact();
        SessionToken last = token.renew(random);
        update(next.hash(), Map.of(), new TokenChange.Renew(last.hash(), Duration.ofMinutes(1)));
        assertThat(load().token().dropped()).isEqualTo(token.hash());
        assertCompact();
    }

    private void create(SessionData data, Map<String, String> attributes) {
        REDIS.store().create(token.id(), new NewSession(token.hash(), data, attributes, expiry())).toCompletableFuture()
                .join();
    }

    private StoredSession load() {
        return REDIS.store().load(token.id()).toCompletableFuture().join();
    }

    private void update(TokenHash presented, Map<String, String> changed, TokenChange change) {
        assertThat(REDIS.store()
                .update(token.id(), new SessionUpdate(load(), presented, changed, Set.of(), change, expiry()))
                .toCompletableFuture().join()).isInstanceOf(UpdateResult.Updated.class);
    }

    private static long mostBytes() {
        boolean before7 = ((String) REDIS.server().command("INFO", "server")).contains("redis_version:6");
        return before7 ? MOST_BYTES + MORE_BEFORE_7 : MOST_BYTES;
    }

    private long memoryUsage() {
        return (Long) REDIS.server().command("MEMORY", "USAGE", REDIS.keys().session(token.id()), "SAMPLES", "0");
    }

    /** Redis 6 has another name for it. */
    private void assertCompact() {
        String key = REDIS.keys().session(token.id());
        assertThat(REDIS.server().command("OBJECT", "ENCODING", key)).as("encoding of %s", REDIS.server().hash(key))
                .isIn("listpack", "ziplist");
    }

    private static Expiry expiry() {
        return new Expiry(Duration.ofDays(1), null, null);
    }
}
