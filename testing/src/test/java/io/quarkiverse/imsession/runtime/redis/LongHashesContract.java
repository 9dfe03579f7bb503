package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenState;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.LongHashes;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.testing.SessionStoreContract;

/**
 * Sessions of earlier versions, which stored all 43 characters of the hashes of tokens: all that a store promises holds for
 * them too. Before each operation the hashes of the session are what an earlier version would have stored.
 */
abstract class LongHashesContract extends SessionStoreContract {

    private final SessionStore store = new Lengthened();

    abstract RedisFixture<RedisServer> redis();

    @Override
    protected final SessionStore store() {
        return store;
    }

    @Override
    protected final Duration timeToLive(SessionId id) {
        return Duration.ofMillis((Long) redis().server().command("PTTL", key(id)));
    }

    @Test
    void firstUpdateMakesTheHashShortAndTheNextTakesTheShortWay() throws Exception {
        SessionToken token = create(SessionData.of("user", "Ada", "count", 1));
        lengthen(token.id());
        assertThat(meta(token)).matches("\\S{43} .*");

        assertThat(updateAsItIs(token, Map.of("count", "2"), TokenChange.KEEP)).isInstanceOf(UpdateResult.Updated.class);
        assertThat(meta(token)).startsWith(token.hash().value() + ' ').endsWith(" 2");
        StoredSession basis = await(redis().store().load(token.id()));
        assertThat(basis.data()).isEqualTo(SessionData.of("user", "Ada", "count", 2));
        assertThat(redis().server().countWithScripts(() -> await(redis().store().update(token.id(),
                new SessionUpdate(basis, token.hash(), Map.of("count", "3"), Set.of(), TokenChange.KEEP, expiry())))))
                .doesNotContainKey("hmget");
    }

    @Test
    void renewalMakesAllHashesShort() {
        SessionToken first = create(SessionData.empty());
        SessionToken second = newToken();
        SessionToken third = newToken();
        updateAsItIs(first, Map.of(), renew(second));
        lengthen(first.id());
        assertThat(await(redis().store().update(first.id(),
                new SessionUpdate(load(first), second.hash(), Map.of(), Set.of(), renew(third), expiry()))))
                .isInstanceOf(UpdateResult.Updated.class);
        assertThat(meta(first)).startsWith(third.hash().value() + ' ');
        assertThat(redis().server().hash(key(first.id())).get("@previous"))
                .matches("\\Q" + second.hash().value() + "\\E \\d{13} 2 \\Q" + first.hash().value() + "\\E");
    }

    @Test
    void allCharactersOfTheSha256AreReadAsTheHash() throws Exception {
        SessionToken token = create(SessionData.empty());
        String secret = token.value().substring(SessionId.LENGTH + 1);
        String sha256 = Base64.getUrlEncoder().withoutPadding().encodeToString(
                MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII)));
        redis().server().command("HSET", key(token.id()), "@meta",
                sha256 + meta(token).substring(token.hash().value().length()));

        StoredSession stored = await(redis().store().load(token.id()));
        assertThat(stored.token()).isEqualTo(TokenState.only(token.hash()));
        assertThat(updateAsItIs(token, Map.of("a", "1"), TokenChange.KEEP))
                .isInstanceOfSatisfying(UpdateResult.Updated.class, updated -> assertThat(updated.token())
                        .isEqualTo(UpdateResult.PresentedToken.CURRENT));
    }

    private UpdateResult updateAsItIs(SessionToken token, Map<String, String> changed, TokenChange change) {
        StoredSession basis = await(redis().store().load(token.id()));
        return await(redis().store().update(token.id(),
                new SessionUpdate(basis, token.hash(), changed, Set.of(), change, expiry())));
    }

    private String meta(SessionToken token) {
        return redis().server().hash(key(token.id())).get("@meta");
    }

    private String key(SessionId id) {
        return redis().keys().session(id);
    }

    private void lengthen(SessionId id) {
        LongHashes.store(redis().server().port(), key(id));
    }

    /** The store, where each session it is asked for has long hashes. */
    private final class Lengthened implements SessionStore {

        private SessionStore withLong(SessionId id) {
            lengthen(id);
            return redis().store();
        }

        @Override
        public CompletionStage<@Nullable StoredSession> load(SessionId id) {
            return withLong(id).load(id);
        }

        @Override
        public CompletionStage<@Nullable StoredSession> load(SessionId id, Set<String> fields) {
            return withLong(id).load(id, fields);
        }

        @Override
        public CompletionStage<Created> create(SessionId id, NewSession session) {
            return withLong(id).create(id, session);
        }

        @Override
        public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
            return withLong(id).update(id, update);
        }

        @Override
        public boolean isTransactional() {
            return redis().store().isTransactional();
        }

        @Override
        public CompletionStage<Boolean> destroy(SessionId id) {
            return withLong(id).destroy(id);
        }

        @Override
        public CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
            return withLong(id).destroy(id, presented);
        }

        @Override
        public CompletionStage<Replaced> replace(SessionId old, Presented presented, Duration grace, SessionId id,
                NewSession session) {
            return withLong(old).replace(old, presented, grace, id, session);
        }
    }
}
