package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.testing.SessionStoreContract;

class RedisSessionStoreTest extends SessionStoreContract {

    @RegisterExtension
    static final RedisFixture<RedisServer> REDIS = RedisFixture.standalone("test");

    @Override
    protected SessionStore store() {
        return REDIS.store();
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        return Duration.ofMillis((Long) REDIS.server().command("PTTL", key(id)));
    }

    @Test
    void everyOperationIsOneCommand() throws Exception {
        SessionToken warm = create(SessionData.of("a", 1));
        update(warm, Map.of("a", "2"), Set.of(), TokenChange.KEEP);
        SessionToken token = newToken();

        assertThat(REDIS.server()
                .count(() -> await(store().create(token.id(), new NewSession(token.hash(), SessionData.of("a", 1), expiry())))))
                .isEqualTo(Map.of("evalsha", 1));
        assertThat(REDIS.server().count(() -> load(token))).isEqualTo(Map.of("hgetall", 1));
        await(store().load(token.id(), Set.of("a")));
        assertThat(REDIS.server().count(() -> await(store().load(token.id(), Set.of("a"))))).isEqualTo(Map.of("evalsha", 1));
        StoredSession basis = load(token);
        assertThat(REDIS.server().count(() -> await(store().update(token.id(),
                new SessionUpdate(basis, token.hash(), Map.of("a", "3"), Set.of("b"), TokenChange.KEEP, expiry())))))
                .isEqualTo(Map.of("evalsha", 1));
        assertThat(REDIS.server()
                .count(() -> await(store().update(token.id(), new SessionUpdate(basis, token.hash(), Map.of(), Set.of(),
                        renew(newToken()), expiry())))))
                .isEqualTo(Map.of("evalsha", 1));
        Presented presented = presented(token.id());
        await(store().destroy(newToken().id(), presented));
        assertThat(REDIS.server().count(() -> await(store().destroy(token.id(), presented)))).isEqualTo(Map.of("evalsha", 1));
        assertThat(REDIS.server().count(() -> await(store().destroy(warm.id())))).isEqualTo(Map.of("evalsha", 1));
        SessionToken old = create(SessionData.of("a", 1));
        SessionToken other = newToken();
        Presented owner = presented(old);
        assertThat(REDIS.server().count(() -> await(store().replace(old.id(), owner, LONG_GRACE, other.id(),
                new NewSession(other.hash(), SessionData.empty(), expiry()))))).isEqualTo(Map.of("evalsha", 2));
    }

    @Test
    void changeOfASessionThatIsAsItWasLoadedReadsOneFieldAndWrites() throws Exception {
        SessionToken token = create(SessionData.of("a", 1));
        update(token, Map.of("a", "2"), Set.of(), TokenChange.KEEP);
        StoredSession basis = load(token);
        assertThat(REDIS.server().countWithScripts(() -> await(store().update(token.id(), change(basis, token, "3")))))
                .isEqualTo(Map.of("evalsha", 1, "hget", 1, "time", 1, "hset", 1, "pexpireat", 1));
        assertThat(load(token).data()).isEqualTo(SessionData.of("a", 3));
        // It has changed since.
        assertThat(REDIS.server().countWithScripts(() -> await(store().update(token.id(), change(basis, token, "4")))))
                .containsKeys("hmget",
                        "hgetall");
        assertThat(load(token).version()).isEqualTo(4);
    }

    private SessionUpdate change(StoredSession basis, SessionToken token, String value) {
        return new SessionUpdate(basis, token.hash(), Map.of("a", value), Set.of(), TokenChange.KEEP, expiry());
    }

    @Test
    void nothingButHashesOfTokensIsLeftOfASessionThatWasReplacedAndNotForLong() {
        SessionToken token = create(SessionData.of("user", "Ada"));
        SessionToken other = newToken();
        await(store().replace(token.id(), presented(token), LONG_GRACE, other.id(),
                new NewSession(other.hash(), SessionData.empty(), expiry())));

        Map<String, String> hash = REDIS.server().hash(key(token.id()));
        assertThat(hash).containsOnlyKeys("@replaced");
        assertThat(hash.get("@replaced")).matches(Pattern.quote(token.hash().value()) + " \\d{13} 2");
        assertThat((Long) REDIS.server().command("PTTL", key(token.id()))).isBetween(1L, LONG_GRACE.toMillis());
        assertThat(load(token).isReplaced()).isTrue();
        REDIS.server().command("HSET", key(token.id()), "@replaced", "damaged");
        assertThat(load(token)).isNull();
    }

    @Test
    void theHashHoldsJsonAndMetadataButNoSecret() {
        SessionToken token = create(SessionData.of("user", "Ada", "views", 1));
        Map<String, String> hash = REDIS.server().hash(key(token.id()));

        assertThat(hash).containsEntry("user", "\"Ada\"").containsEntry("views", "1").containsOnlyKeys("user", "views",
                "@meta");
        assertThat(hash.get("@meta").split(" ")).hasSize(4).startsWith(token.hash().value()).endsWith("1");
        String secret = token.value().substring(SessionId.LENGTH + 1);
        assertThat(hash.toString()).doesNotContain(secret);
    }

    @Test
    void aKeyOfAnotherTypeIsNoSessionAndStaysAsItIs() {
        SessionToken token = newToken();
        REDIS.server().command("SET", key(token.id()), "a string");

        assertThat(load(token)).isNull();
        assertThat(await(store().load(token.id(), Set.of("a")))).isNull();
        assertThat(update(token, Map.of("a", "1"), Set.of(), TokenChange.KEEP)).isInstanceOf(UpdateResult.Gone.class);
        assertThatThrownBy(() -> await(store().create(token.id(), new NewSession(token.hash(), SessionData.empty(), expiry()))))
                .hasRootCauseInstanceOf(SessionStoreException.class);
        assertThat(REDIS.server().command("GET", key(token.id()))).isEqualTo("a string");
    }

    @Test
    void aForeignOrDamagedHashIsNoSession() {
        SessionToken foreign = newToken();
        REDIS.server().command("HSET", key(foreign.id()), "a", "1");
        assertThat(load(foreign)).isNull();
        assertThat(update(foreign, Map.of("a", "2"), Set.of(), TokenChange.KEEP)).isInstanceOf(UpdateResult.Gone.class);
        assertThat(REDIS.server().hash(key(foreign.id()))).isEqualTo(Map.of("a", "1"));

        SessionToken damaged = create(SessionData.of("a", 1));
        REDIS.server().command("HSET", key(damaged.id()), "@meta", damaged.hash().value() + " 1 soon 1");
        assertThat(load(damaged)).isNull();
        assertThat(update(damaged, Map.of("a", "2"), Set.of(), TokenChange.KEEP)).isInstanceOf(UpdateResult.Gone.class);
    }

    @Test
    void scriptsAreLoadedAgainAfterTheServerForgotThem() {
        SessionToken token = create(SessionData.of("a", 1));
        REDIS.server().command("SCRIPT", "FLUSH");

        assertThat(update(token, Map.of("a", "2"), Set.of(), TokenChange.KEEP)).isInstanceOf(UpdateResult.Updated.class);
        assertThat(load(token).data()).isEqualTo(SessionData.of("a", 2));
        REDIS.server().command("SCRIPT", "FLUSH");
        assertThat(await(store().load(token.id(), Set.of("a"))).data()).isEqualTo(SessionData.of("a", 2));
    }

    @Test
    void attributesAndFieldsWithoutEndAreReadToo() {
        SessionToken token = create(SessionData.of("a", 1, "b", 2));
        for (int i = 0; i < 20_000; i += 100) {
            List<String> command = new ArrayList<>(List.of("HSET", key(token.id())));
            for (int j = i; j < i + 100; j++) {
                command.addAll(List.of("@more" + j, "1"));
            }
            REDIS.server().command(command.toArray(String[]::new));
        }
        StoredSession some = await(store().load(token.id(), Set.of("a")));
        assertThat(some.data()).isEqualTo(SessionData.of("a", 1));
        assertThat(some.attributes()).hasSize(20_000);
    }

    @Test
    void sessionExpiresInRedis() {
        SessionToken token = newToken();
        await(store().create(token.id(),
                new NewSession(token.hash(), SessionData.empty(), expiry(Duration.ofMillis(1), null, null))));
        assertThat(load(token)).isNotNull();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> load(token) == null);
        assertThat(REDIS.server().keys()).doesNotContain(key(token.id()));
    }

    @Test
    void eightHundredParallelLoadsShareOneConnection() {
        SessionToken token = create(SessionData.of("a", 1));
        long before = clients();
        var loads = java.util.stream.IntStream.range(0, 800).mapToObj(i -> store().load(token.id())).toList();
        assertThat(loads).allMatch(load -> await(load).data().equals(SessionData.of("a", 1)));
        assertThat(clients()).isEqualTo(before);
    }

    @Test
    void tenThousandParallelLoadsOnOneEventLoopAllSucceed() {
        SessionToken token = create(SessionData.of("a", 1));
        var loads = java.util.stream.IntStream.range(0, 10_000).mapToObj(i -> store().load(token.id())).toList();
        assertThat(loads).allMatch(load -> await(load).data().equals(SessionData.of("a", 1)));
    }

    private static long clients() {
        return ((String) REDIS.server().command("CLIENT", "LIST", "TYPE", "normal")).lines().count();
    }

    private static String key(SessionId id) {
        return REDIS.keys().session(id);
    }
}
