package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.RedisClock;
import io.quarkiverse.imsession.runtime.redis.client.RedisCommands;
import io.quarkiverse.imsession.runtime.redis.client.RedisLinks;
import io.quarkiverse.imsession.runtime.redis.client.Replicas;
import io.quarkiverse.imsession.runtime.redis.index.IndexAccess;
import io.quarkiverse.imsession.runtime.store.CappedSessionStoreContract;
import io.quarkiverse.imsession.runtime.store.SessionLimit;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.test.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

class RedisLimitsTest extends CappedSessionStoreContract {

    /** Long: fifty that end one another's sessions may take a while on a busy machine. */
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(1);
    private static final RedisKeys KEYS = new RedisKeys("test");
    /** Looks at all sessions at one moment, and not at the index. */
    private static final String COUNT = """
            local sessions = 0
            for _, key in ipairs(redis.call('KEYS', 'test:{*')) do
              if redis.call('HGET', key, ARGV[1]) == ARGV[2] then
                sessions = sessions + 1
              end
            end
            return sessions""";

    private static RedisServer server;
    private static Vertx vertx;

    private final RedisSessionStore store = store(MAX, COMMAND_TIMEOUT);
    private final RedisSessionStore hasty = store(MAX, SHORT_TIMEOUT);
    private final RedisSessionStore strict = store(1, COMMAND_TIMEOUT);

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @AfterEach
    void close() {
        store.close();
        hasty.close();
        strict.close();
        server.command("FLUSHALL");
    }

    private RedisSessionStore store(int max, Duration commandTimeout) {
        return new RedisSessionStore(vertx, () -> Redis.createClient(vertx, server.uri()), KEYS, commandTimeout,
                Replicas.NONE, Set.of("user_id", "tenant", REFUSING, ENDING), new SessionLimits(
                        Map.of(REFUSING, new SessionLimit(max, false), ENDING, new SessionLimit(max, true)),
                        (id, full) -> ended.add(id)));
    }

    @Override
    protected IndexedSessionStore store() {
        return store;
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        return Duration.ofMillis((Long) server.command("PTTL", KEYS.session(id)));
    }

    /** A session whose lifetime is over was stored long ago: it has no mark. */
    @Override
    protected void expire(SessionId id) {
        server.command("DEL", KEYS.session(id));
        server.keys().stream().filter(key -> key.startsWith("test:ref:"))
                .forEach(key -> server.command("ZREM", key, "+" + id));
    }

    @Override
    protected <T> T watching(String field, String value, Callable<T> work) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong most = new AtomicLong();
        Thread watch = new Thread(() -> {
            while (!done.get()) {
                most.accumulateAndGet((Long) server.command("EVAL", COUNT, "0", field, '"' + value + '"'), Math::max);
            }
        });
        watch.start();
        try {
            return work.call();
        } finally {
            done.set(true);
            watch.join();
            assertThat(most).hasValueBetween(1L, (long) MAX);
        }
    }

    @Test
    void entryThatACrashLeftBehindDoesNotCount() {
        String value = unique();
        for (String field : List.of(REFUSING, ENDING)) {
            for (int i = 0; i < MAX; i++) {
                server.command("ZADD", key(field, value), Long.toString(Long.MAX_VALUE / 1_000_000), newToken().id().value());
            }
            List<SessionId> living = fill(field, value);
            assertThat(entries(field, value)).containsExactlyInAnyOrderElementsOf(
                    living.stream().map(SessionId::value).toList());
            assertThat(ended).isEmpty();
        }
    }

    @Test
    void sessionThatIsJustBeingStoredCounts() {
        String value = unique();
        SessionToken coming = enter(REFUSING, value, COMMAND_TIMEOUT);
        create(SessionData.of(REFUSING, value));
        create(SessionData.of(REFUSING, value));

        assertThat(succeeds(creating(newToken(), SessionData.of(REFUSING, value)))).isFalse();
        await(creating(coming, SessionData.of(REFUSING, value)));
        assertThat(find(REFUSING, value)).hasSize(MAX).contains(coming.id());
    }

    @Test
    void sessionThatIsJustBeingStoredIsWaitedForIfNoOtherCanBeEnded() {
        String value = unique();
        List<SessionToken> coming = new ArrayList<>();
        for (int i = 0; i < MAX; i++) {
            coming.add(enter(ENDING, value, COMMAND_TIMEOUT));
        }
        var waiting = creating(newToken(), SessionData.of(ENDING, value)).toCompletableFuture();
        await(creating(coming.get(1), SessionData.of(ENDING, value)));
        await(waiting);
        assertThat(ended).containsExactly(coming.get(1).id());
    }

    @Test
    void whoWaitsInVainFailsWithinTheCommandTimeout() {
        String value = unique();
        for (int i = 0; i < MAX; i++) {
            enter(ENDING, value, COMMAND_TIMEOUT);
        }
        SessionToken token = newToken();
        assertThatThrownBy(() -> await(hasty.create(token.id(), session(token, SessionData.of(ENDING, value)))))
                .cause().isInstanceOf(SessionStoreException.class).hasMessageContaining("command-timeout");
        assertThat(entries(ENDING, value)).hasSize(MAX).doesNotContain(token.id().value());
    }

    @Test
    void sessionThatWasBeingStoredWhenACrashCameCountsNoMoreWhenItsTimeIsOver() {
        String value = unique();
        for (int i = 0; i < MAX; i++) {
            enter(REFUSING, value, SHORT_TIMEOUT);
        }
        assertThat(succeeds(creating(newToken(), SessionData.of(REFUSING, value)))).isFalse();
        for (int i = 0; i < MAX; i++) {
            Awaitility.await().until(() -> succeeds(creating(newToken(), SessionData.of(REFUSING, value))));
        }
        assertThat(find(REFUSING, value)).hasSize(MAX);
        assertThat(entries(REFUSING, value)).hasSize(MAX);
    }

    @Test
    void aLimitCostsNoCommandWhileThereIsRoom() throws Exception {
        String value = unique();
        create(SessionData.of(REFUSING, value, ENDING, value));
        SessionToken token = newToken();
        SessionData data = SessionData.of(REFUSING, value, ENDING, value);

        assertThat(server.count(() -> await(creating(token, data)))).isEqualTo(Map.of("evalsha", 3));
        // The helper of this test loads the session, too.
        assertThat(server.count(() -> update(token, Map.of("a", "1"), Set.of(), TokenChange.KEEP)))
                .isEqualTo(Map.of("hgetall", 1, "evalsha", 1));
        assertThat(server.count(() -> update(token, SessionData.of(REFUSING, unique()).toJson(), Set.of(), TokenChange.KEEP)))
                .isEqualTo(Map.of("hgetall", 1, "evalsha", 3));
        assertThat(server.count(() -> await(store.destroy(token.id())))).isEqualTo(Map.of("evalsha", 3));
    }

    @Test
    void aRefusalCostsOneLoadForEachSessionOfTheValue() throws Exception {
        String value = unique();
        fill(REFUSING, value);
        assertThat(server.count(() -> refusal(creating(newToken(), SessionData.of(REFUSING, value)))))
                .isEqualTo(Map.of("evalsha", 1, "hgetall", MAX));
    }

    @Test
    void nothingStaysBehind() {
        String value = unique();
        SessionData data = SessionData.of(REFUSING, value, ENDING, value, "tenant", value);
        List<SessionToken> tokens = List.of(create(data), create(data), create(data));
        refusal(creating(newToken(), data));
        SessionToken anonymous = create(SessionData.empty());
        refusal(store.update(anonymous.id(), new SessionUpdate(load(anonymous), anonymous.hash(),
                data.toJson(), Set.of(), TokenChange.KEEP, expiry())));
        assertThat(ended).isEmpty();
        await(store.destroy(anonymous.id()));
        tokens.forEach(token -> await(store.destroy(token.id())));
        assertThat(server.keys()).isEmpty();
    }

    @Test
    void marksOfStoredSessionsGoWithTheNextEnteringOnceTheirTimeIsOver() {
        String value = unique();
        SessionToken token = newToken();
        await(hasty.create(token.id(), session(token, SessionData.of(ENDING, value))));
        assertThat(members(ENDING, value)).containsExactlyInAnyOrder(token.id().value(), "+" + token.id());
        Awaitility.await().untilAsserted(() -> {
            update(token.id(), token.hash(), Map.of(), Set.of(), TokenChange.KEEP,
                    expiry(Duration.ofDays(1), Duration.ofDays(30), null));
            assertThat(members(ENDING, value)).containsExactly(token.id().value());
        });
    }

    @Test
    void aLoweredLimitLeavesSessionsUntilAnotherWantsToBeMade() {
        String value = unique();
        SessionData data = SessionData.of(ENDING, value);
        fill(REFUSING, value);
        List<SessionId> screens = fill(ENDING, value);
        SessionToken token = newToken();
        refusal(strict.create(token.id(), session(token, SessionData.of(REFUSING, value))));
        assertThat(find(REFUSING, value)).hasSize(MAX);
        assertThat(find(ENDING, value)).hasSize(MAX);

        await(strict.create(token.id(), session(token, data)));
        assertThat(find(ENDING, value)).containsExactly(token.id());
        assertThat(ended).containsExactlyInAnyOrderElementsOf(screens);
    }

    @Test
    void refusedSessionCostsNobodyItsOwnOldOneAfterTheLimitWasLowered() {
        String value = unique();
        List<SessionId> first = fill(REFUSING, value);
        SessionToken token = newToken();
        refusal(strict.replace(first.get(0), presented(first.get(0)), LONG_GRACE, token.id(),
                session(token, SessionData.of(REFUSING, value))));
        assertThat(find(REFUSING, value)).containsExactlyInAnyOrderElementsOf(first);
    }

    /** What a request has done between the two steps of a commit. */
    private static SessionToken enter(String field, String value, Duration commandTimeout) {
        SessionToken token = SessionToken.generate(new SecureRandom());
        RedisLinks links = new RedisLinks(vertx, () -> Redis.createClient(vertx, server.uri()), new RedisClock(),
                COMMAND_TIMEOUT, Replicas.NONE);
        assertThat(await(IndexAccess.enter(new RedisCommands(links), KEYS, token.id(), Reference.of(field, value),
                Duration.ofDays(1), MAX, commandTimeout))).isTrue();
        links.close();
        return token;
    }

    @SuppressWarnings("unchecked")
    private static List<String> members(String field, String value) {
        return (List<String>) server.command("ZRANGE", key(field, value), "0", "-1");
    }

    private static List<String> entries(String field, String value) {
        return members(field, value).stream().filter(member -> !member.startsWith("+")).toList();
    }

    private static String key(String field, String value) {
        return KEYS.reference(Reference.of(field, value));
    }
}
