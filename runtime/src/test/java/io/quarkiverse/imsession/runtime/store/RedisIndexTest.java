package io.quarkiverse.imsession.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.test.IndexedSessionStoreContract;
import io.quarkiverse.imsession.test.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

class RedisIndexTest extends IndexedSessionStoreContract {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);
    private static final RedisKeys KEYS = new RedisKeys("test");

    private static RedisServer server;
    private static Vertx vertx;
    private static RedisSessionStore store;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        vertx = Vertx.vertx();
        store = new RedisSessionStore(vertx, () -> Redis.createClient(vertx, server.uri()), KEYS, COMMAND_TIMEOUT,
                Set.of("user_id", "tenant"));
    }

    @AfterAll
    static void stop() {
        store.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @Override
    protected IndexedSessionStore store() {
        return store;
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        return Duration.ofMillis((Long) server.command("PTTL", KEYS.session(id)));
    }

    @Test
    void nothingStaysUnderAValueThatASessionHasNoMore() {
        String before = unique();
        String after = unique();
        SessionToken token = create(SessionData.of("user_id", before));
        update(token, SessionData.of("user_id", after).toJson(), Set.of(), TokenChange.KEEP);
        assertThat(exists("user_id", before)).isFalse();

        await(store.destroy(token.id()));
        assertThat(exists("user_id", after)).isFalse();
    }

    @Test
    void commitsThatExtendASessionALittleNeedNoEntry() throws Exception {
        SessionToken token = create(SessionData.of("user_id", unique()));
        update(token, Map.of("a", "1"), Set.of(), TokenChange.KEEP);
        Map<String, Integer> commands = server.count(() -> update(token, Map.of("a", "2"), Set.of(), TokenChange.KEEP));
        // The helper of this test loads the session, too.
        assertThat(commands).isEqualTo(Map.of("hgetall", 1, "evalsha", 1));
    }

    @Test
    void aPageIsOneRangeAndOneLoadForEachSession() throws Exception {
        String user = unique();
        for (int i = 0; i < 10; i++) {
            create(SessionData.of("user_id", user));
        }
        assertThat(server.count(() -> find("user_id", user))).isEqualTo(Map.of("zrangebyscore", 1, "hgetall", 10));
    }

    @Test
    void entriesOutliveTheirSessionAndSetsExpireByThemselves() {
        String user = unique();
        SessionToken token = newToken();
        await(store.create(token.id(),
                new NewSession(token.hash(), SessionData.of("user_id", user), expiry(Duration.ofHours(1), null, null))));
        long session = (Long) server.command("PTTL", KEYS.session(token.id()));
        long set = (Long) server.command("PTTL", KEYS.reference(Reference.of("user_id", user)));
        assertThat(set).isGreaterThan(session).isLessThan(session + Duration.ofMinutes(20).toMillis());
    }

    @Test
    void entryOfADeadSessionIsDroppedWhenItIsMet() {
        String user = unique();
        SessionToken dead = create(SessionData.of("user_id", user));
        SessionToken living = create(SessionData.of("user_id", user));
        server.command("DEL", KEYS.session(dead.id()));

        assertThat(find("user_id", user)).containsExactly(living.id());
        Awaitility.await().until(() -> entries(user).equals(List.of(living.id().value())));
    }

    @Test
    void entryOfASessionThatIsJustBeingStoredIsNotDropped() {
        String user = unique();
        SessionToken token = newToken();
        Reference reference = Reference.of("user_id", user);
        // What a request has done between the two steps of a commit.
        RedisIndex index = new RedisIndex(new RedisCommands(new RedisLinks(vertx, () -> Redis.createClient(vertx, server.uri()),
                new RedisClock(), COMMAND_TIMEOUT)), KEYS);
        await(index.enter(token.id(), reference, Duration.ofHours(1), RedisIndex.Room.UNLIMITED));
        assertThat(find("user_id", user)).isEmpty();
        await(store.create(token.id(), new NewSession(token.hash(), SessionData.of("user_id", user), expiry())));

        Awaitility.await().pollDelay(COMMAND_TIMEOUT.multipliedBy(2).plusMillis(500)).until(() -> true);
        assertThat(find("user_id", user)).containsExactly(token.id());
    }

    @SuppressWarnings("unchecked")
    private static List<String> entries(String user) {
        return (List<String>) server.command("ZRANGE", KEYS.reference(Reference.of("user_id", user)), "0", "-1");
    }

    private static boolean exists(String field, String value) {
        return (Long) server.command("EXISTS", KEYS.reference(Reference.of(field, value))) > 0;
    }
}
