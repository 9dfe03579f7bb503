package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.test.RespClient;

/** What somebody else wrote into the hash of a session. */
class RedisDamagedSessionTest {

    private static final Expiry HOUR = new Expiry(Duration.ofHours(1), null, null);

    @RegisterExtension
    static final RedisFixture<RedisServer> REDIS = RedisFixture.standalone("app", "user_id");

    private final SessionToken token = SessionToken.generate(new SecureRandom());

    @ParameterizedTest
    @CsvSource(nullValues = "null", value = { "@meta,null", "@meta,''", "@meta,T 1 99999999999999",
            "@meta,T 1e5 99999999999999 1",
            "@meta,T -1 99999999999999 1", "@meta,T 1 +5 1", "@meta,T 1 \u0663\u0664\u0665 1", "@meta,T 1 100000000000000 1",
            "@meta,T 1 99999999999999 9223372036854775807", "@meta,T 1 99999999999999 1x", "@timeout,10000000000000",
            "@timeout,\u0663", "@previous,T", "@previous,T soon 1", "@previous,T 5 3", "@renewed,0x10" })
    void whatNoScriptWritesIsNoSession(String field, String value) throws Exception {
        create(SessionData.of("user_id", 7));
        damage(field, value == null ? null : value.replace("T", token.hash().value()));
        assertThat(load()).isNull();
    }

    @Test
    void lastTimeThatScriptsWriteIsOne() throws Exception {
        create(SessionData.of("user_id", 7));
        damage("@meta", token.hash().value() + " 1 99999999999999 1");
        assertThat(load().expiresAt()).isEqualTo(Instant.ofEpochMilli(99_999_999_999_999L));
    }

    /** The first is what a session looks like that is not damaged. */
    @ParameterizedTest
    @CsvSource({ "theme,1", "@moved,''", "@moved,5", "@ref:user_id,soon", "@ref:user_id,0", "user_id,soon", "user_id,\u0080",
            "user_id,\"\u0080\"", "user_id,[1]", "user_id,''" })
    void damageThatDoesNotMatterHindersNoUpdate(String field, String bytes) throws Exception {
        create(SessionData.of("user_id", 7));
        damage(field, bytes);
        assertThat(update()).isInstanceOf(Updated.class);
        assertThat(load().data().toJson()).containsEntry("count", "1");
    }

    @Test
    void damagedValueOfAnIndexedFieldWithAnEntryHindersNoUpdate() throws Exception {
        create(SessionData.of("user_id", 7));
        damage("user_id", " ");
        damage("@ref:user_id", "0");
        assertThat(update()).isInstanceOf(Updated.class);
    }

    @Test
    void ownTimeoutBelowWhatIsLeftHindersNoUpdateThatLeavesTheLifetime() throws Exception {
        create(SessionData.of("user_id", 7));
        damage("@timeout", "0");
        damage("@ref:user_id", "0");
        assertThat(update(null)).isInstanceOf(Updated.class);
    }

    @Test
    void versionWithALeadingZeroHindersNoUpdateOfASessionWithADamagedEntry() throws Exception {
        create(SessionData.of("theme", "dark"));
        damage("@meta", token.hash().value() + " 1 99999999999999 05");
        damage("user_id", "null");
        damage("@ref:user_id", "0");
        assertThat(update()).isInstanceOf(Updated.class);
    }

    private void create(SessionData data) {
        REDIS.store().create(token.id(), new NewSession(token.hash(), data, HOUR)).toCompletableFuture().join();
    }

    private StoredSession load() {
        return REDIS.store().load(token.id()).toCompletableFuture().join();
    }

    private UpdateResult update() {
        return update(HOUR);
    }

    private UpdateResult update(@Nullable Expiry expiry) {
        return REDIS.store().update(token.id(),
                new SessionUpdate(load(), token.hash(), Map.of("count", "1"), Set.of(), TokenChange.KEEP, expiry))
                .toCompletableFuture()
                .join();
    }

    /** Null removes the field. Characters up to U+00FF are bytes, others are written in UTF-8. */
    private void damage(String field, String value) throws Exception {
        String key = REDIS.keys().session(token.id());
        if (value == null) {
            REDIS.server().command("HDEL", key, field);
            return;
        }
        boolean bytes = value.chars().allMatch(c -> c < 256);
        try (RespClient redis = new RespClient(REDIS.server().port(),
                bytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8)) {
            redis.command("HSET", key, field, value);
        }
    }
}
