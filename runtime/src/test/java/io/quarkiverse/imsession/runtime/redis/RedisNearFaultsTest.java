package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.session.NearInstance;
import io.quarkiverse.imsession.test.RedisProxy;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.test.RespClient;

/** Faults of the connection that tells what changes, while all others work; and faults of Redis itself. */
@Tag("further")
class RedisNearFaultsTest extends NearInstancesContract {

    /** So long that nothing else happens before it is over. */
    private static final Duration LONG_SILENCE = Duration.ofSeconds(3);
    private static final int MANY_CHANGES = 300_000;
    private static final int CHANGES_AT_ONCE = 1_000;
    /** A blocked event loop is reported after this time. */
    private static final Duration BLOCKED = Duration.ofSeconds(2);
    private static final long LITTLE_MEMORY = 20_000_000;

    @RegisterExtension
    final RedisFixture<RedisProxy> redis = RedisFixture.proxied("near");

    @Override
    RedisFixture<?> redis() {
        return redis;
    }

    @Test
    void cutConnectionIsReplacedAndNothingStaleIsGivenOut() {
        String cookie = create(1);
        String other = cookieOfAnother(cookie);
        for (int i = 2; i < 6; i++) {
            two.keep(other);
            redis.server().cutTracking();
            cookie = change(one, cookie, i);
            awaitSeen(two, other, i, System.nanoTime());
        }
        assertOwnChangesAtOnceAndOthersInTime(cookie);
    }

    @Test
    void hungConnectionHidesChangesNoLongerThanTheBound() {
        String cookie = create(1);
        String other = cookieOfAnother(cookie);
        two.keep(other);
        redis.server().holdTracking();
        cookie = change(one, cookie, 2);
        awaitSeen(two, other, 2, System.nanoTime());
        redis.server().releaseTracking();
        two.awaitUse();
        assertOwnChangesAtOnceAndOthersInTime(cookie);
    }

    /** The answer to a ping may be on its way for long, with changes behind it that are as late. */
    @Test
    void answerThatComesLateIsNoSignThatLaterChangesHaveCome() throws Exception {
        NearInstance slow = new NearInstance(redis.newStore(), events::add, LONG_SILENCE);
        try {
            slow.awaitUse();
            // Now only the slow one tracks.
            one.store().close();
            String cookie = two.request(null, session -> session.set(SessionData.of("a", 1)));
            two.store().close();
            slow.keep(cookie);
            redis.server().holdTracking();
            redis.server().awaitTrackingHeld();
            redis.server().server().command("HSET", redis.keys().session(NearInstance.id(cookie)), "a", "2");
            await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(30)).until(() -> !slow.has(cookie));
            assertThat(redis.server().commands(() -> {
                redis.server().passOneOfTracking();
                // It has got the answer when it asks again.
                await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5))
                        .until(redis.server()::hasTrackingAsked);
            })).contains("ping");
            assertThat(slow.has(cookie)).isFalse();
        } finally {
            redis.server().releaseTracking();
            slow.store().close();
        }
    }

    @Test
    void hungConnectionHidesNoOwnChange() {
        String cookie = create(1);
        two.keep(cookieOfAnother(cookie));
        redis.server().holdTracking();
        assertThat(value(two, change(one, cookie, 2))).isEqualTo(2);
        redis.server().releaseTracking();
    }

    /** Only Redis knows whether it is wrong, or newer than what is in memory. */
    @Test
    void tokenThatIsNotInMemoryIsLookedFor() {
        String cookie = create(1);
        two.keep(cookieOfAnother(cookie));
        redis.server().holdTracking();
        String renewed = one.request(cookie, session -> session.renew());
        assertThat(value(two, cookieOfAnother(renewed))).isEqualTo(1);
        redis.server().releaseTracking();
    }

    @Test
    void clientThatHasReadAChangeOfAnotherDoesNotReadAnEarlierVersionElsewhere() {
        String cookie = create(1);
        two.keep(cookie);
        redis.server().holdTracking();
        change(one, cookieOfAnother(cookie), 2);
        int[] read = new int[1];
        String after = one.request(cookie, session -> read[0] = session.data().get("a", Integer.class).orElseThrow());
        assertThat(read[0]).isEqualTo(2);
        assertThat(value(two, after)).isEqualTo(2);
        redis.server().releaseTracking();
    }

    /** A name that led to one server leads to another one now, and only the connections for commands were lost. */
    @Test
    void changesAreToldByTheServerThatCommandsGoTo() {
        try (RedisServer former = RedisServer.start(); RedisServer next = RedisServer.start()) {
            AtomicReference<RedisServer> current = new AtomicReference<>(former);
            NearInstance instance = new NearInstance(redis.newStore(() -> current.get().uri()), events::add);
            instance.awaitUse();
            String cookie = instance.request(null, session -> session.set(SessionData.of("a", 1)));
            instance.keep(cookie);
            String key = redis.keys().session(NearInstance.id(cookie));
            copy(former, next, key);
            current.set(next);
            ((String) former.command("CLIENT", "LIST")).lines().filter(line -> !line.contains(" flags=t"))
                    .map(line -> line.substring("id=".length(), line.indexOf(' ')))
                    .forEach(id -> former.command("CLIENT", "KILL", "ID", id));
            // A command finds the new server.
            await().ignoreExceptionsInstanceOf(CompletionException.class)
                    .until(() -> instance.request(null, session -> session.set(SessionData.of("a", 1))) != null
                            && next.keys().size() > 1);
            instance.keep(cookie);
            next.command("HSET", key, "a", "2");
            awaitSeen(instance, cookie, 2, System.nanoTime());
            instance.store().close();
        }
    }

    private static void copy(RedisServer from, RedisServer to, String key) {
        List<String> command = new ArrayList<>(List.of("HSET", key));
        from.hash(key).forEach((field, value) -> command.addAll(List.of(field, value)));
        to.command(command.toArray(String[]::new));
    }

    @Test
    void killedConnectionsAndAFlushLeaveNothingStale() {
        for (int i = 0; i < 3; i++) {
            String cookie = createAsSoonAsItIsConnected();
            two.keep(cookie);
            redis.server().server().command("CLIENT", "KILL", "TYPE", "normal");
            redis.server().server().command("FLUSHALL");
            awaitSeen(two, cookie, -1, System.nanoTime());
        }
        one.awaitUse();
        two.awaitUse();
        assertOwnChangesAtOnceAndOthersInTime(createAsSoonAsItIsConnected());
    }

    /** A change that is sent as its connection is killed fails, as nobody knows whether it was stored. */
    private String createAsSoonAsItIsConnected() {
        return await().ignoreExceptions().until(() -> create(1), cookie -> true);
    }

    /** Redis keeps no table of what a client that is told of all keys has read. */
    @Test
    void fullTableOfTrackedKeysKeepsNoChangeBack() {
        redis.server().server().command("CONFIG", "SET", "tracking-table-max-keys", "1");
        List<String> cookies = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            cookies.add(create(1));
            two.keep(cookies.get(i));
        }
        for (String cookie : cookies) {
            change(one, cookie, 2);
            awaitSeen(two, cookieOfAnother(cookie), 2, System.nanoTime());
        }
    }

    /** What Redis takes for the time ends sessions, whether it is right or not: so it is in the cache. */
    @Test
    void stepOfTheClockOfRedisEndsSessionsInTheCacheAsInTheStore() {
        String cookie = create(1);
        two.keep(cookie);
        two.store().clock().set(System.currentTimeMillis() + Duration.ofHours(2).toMillis());
        assertThat(two.has(cookie)).isFalse();
        two.store().clock().set(System.currentTimeMillis() - Duration.ofHours(2).toMillis());
        assertThat(two.has(cookie)).isTrue();
    }

    @Test
    void manyChangesOfOthersNeitherStopTheEventLoopNorStayInMemory() throws Exception {
        String cookie = create(1);
        String other = cookieOfAnother(cookie);
        two.keep(other);
        long before = usedMemory();
        long longest = 0;
        try (RespClient client = new RespClient(redis.server().server().port())) {
            for (int i = 0; i < MANY_CHANGES; i += CHANGES_AT_ONCE) {
                write(client, i);
                long begin = System.nanoTime();
                assertThat(two.store().load(NearInstance.id(cookie)).toCompletableFuture().join()).isNotNull();
                longest = Math.max(longest, System.nanoTime() - begin);
            }
        }
        assertThat(Duration.ofNanos(longest)).isLessThan(BLOCKED);
        change(one, cookie, 2);
        awaitSeen(two, other, 2, System.nanoTime());
        two.awaitUse();
        await().atMost(Duration.ofSeconds(30)).until(() -> usedMemory() - before < LITTLE_MEMORY);
    }

    /** Keys that look like those of sessions. */
    private void write(RespClient client, int from) throws IOException {
        for (int i = from; i < from + CHANGES_AT_ONCE; i++) {
            client.send(List.of("SET", "near:{%022d}".formatted(i % 50_000), "x"));
        }
        for (int i = 0; i < CHANGES_AT_ONCE; i++) {
            client.reply();
        }
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
