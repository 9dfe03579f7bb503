package io.quarkiverse.imsession.runtime.redis.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.redis.RedisFixture;
import io.quarkiverse.imsession.runtime.redis.RedisSessionStore;
import io.quarkiverse.imsession.runtime.redis.client.Replicas;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

/** What a request has loaded may be outdated when it is committed: the index follows what is stored. */
class RedisIndexRacesTest {

    private static final Expiry HOUR = new Expiry(Duration.ofHours(1), null, null);
    private static final int INSTANCES = 8;
    private static final int ROUNDS = 300;
    private static final Expiry MONTH = new Expiry(Duration.ofHours(1), Duration.ofDays(30), null);

    @RegisterExtension
    static final RedisFixture<RedisServer> REDIS = RedisFixture.standalone("test", "user_id");

    private final SecureRandom random = new SecureRandom();
    private final String user = UUID.randomUUID().toString();
    private final SessionToken token = create(user);

    @Test
    void refusedRequestThatWantedALongerLifeLeavesTheSessionWhereItIs() {
        TokenHash dead = token.renew(random).hash();
        SessionUpdate update = new SessionUpdate(load(), Presented.ifNewest(dead), Map.of(), Set.of(), TokenChange.KEEP, MONTH,
                Long.MAX_VALUE);
        assertThat(await(REDIS.store().update(token.id(), update))).isInstanceOf(UpdateResult.Superseded.class);
        assertThat(find(user)).containsExactly(token.id());
    }

    @Test
    void sessionThatWasMovedWhileItsLifeIsMadeLongerIsFoundThroughAllOfIt() {
        StoredSession outdated = load();
        update(load(), token.hash(), userId("moved" + user), HOUR);

        assertThat(update(outdated, token.hash(), Map.of(), MONTH)).isInstanceOf(UpdateResult.Updated.class);
        assertThat(find(user)).isEmpty();
        assertEnteredAsLongAsItLives("moved" + user);
    }

    @Test
    void sessionWhoseLifeWasMadeLongerWhileItIsMovedIsFoundThroughAllOfIt() {
        StoredSession outdated = load();
        update(load(), token.hash(), Map.of(), MONTH);

        assertThat(update(outdated, token.hash(), userId("moved" + user), null)).isInstanceOf(UpdateResult.Updated.class);
        assertThat(find(user)).isEmpty();
        assertEnteredAsLongAsItLives("moved" + user);
    }

    @Test
    void sessionThatWasLoggedInWhileItsLifeIsMadeLongerIsFoundThroughAllOfIt() {
        SessionToken anonymous = SessionToken.generate(random);
        await(REDIS.store().create(anonymous.id(), new NewSession(anonymous.hash(), SessionData.of("a", 1), HOUR)));
        StoredSession outdated = await(REDIS.store().load(anonymous.id()));
        update(anonymous, outdated, userId("new" + user), HOUR);

        update(anonymous, outdated, Map.of(), MONTH);
        assertThat(score("new" + user, anonymous.id())).isGreaterThan(timeOfEnd(anonymous.id()));
    }

    @Test
    void anUpdateThatIsBegunAgainCountsOnce() {
        StoredSession outdated = load();
        update(load(), token.hash(), userId("moved" + user), HOUR);
        update(outdated, token.hash(), userId("again" + user), MONTH);
        assertThat(load().version()).isEqualTo(3);
        assertThat(find("again" + user)).containsExactly(token.id());
        assertThat(find("moved" + user)).isEmpty();
    }

    /** The steps of requests of different instances overtake each other: one connection would keep their order. */
    @Test
    void sessionThatManyInstancesMoveAtOnceIsFoundWhereItIs() {
        Vertx vertx = Vertx.vertx();
        List<RedisSessionStore> stores = IntStream.range(0, INSTANCES).mapToObj(i -> new RedisSessionStore(vertx,
                () -> Redis.createClient(vertx, REDIS.server().uri()), REDIS.keys(), Duration.ofSeconds(10), Replicas.NONE,
                Set.of("user_id"), SessionLimits.NONE))
                .toList();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                StoredSession basis = load();
                CompletableFuture.allOf(IntStream.range(0, 2 * INSTANCES).mapToObj(i -> stores.get(i % INSTANCES)
                        .update(token.id(), new SessionUpdate(basis, token.hash(), userId(user + random.nextInt(2)), Set.of(),
                                TokenChange.KEEP, HOUR))
                        .toCompletableFuture()).toArray(CompletableFuture[]::new)).orTimeout(60, TimeUnit.SECONDS).join();
                String value = load().data().get("user_id", String.class).orElseThrow();
                assertThat(find(value)).as("in round %s", round).containsExactly(token.id());
            }
        } finally {
            stores.forEach(RedisSessionStore::close);
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private void assertEnteredAsLongAsItLives(String value) {
        assertThat(find(value)).containsExactly(token.id());
        assertThat(score(value, token.id())).isGreaterThan(timeOfEnd(token.id()));
    }

    private static long score(String value, SessionId id) {
        return Long.parseLong((String) REDIS.server().command("ZSCORE", REDIS.keys().reference(Reference.of("user_id", value)),
                id.value()));
    }

    private static long timeOfEnd(SessionId id) {
        return await(REDIS.store().load(id)).expiresAt().toEpochMilli();
    }

    private SessionToken create(String value) {
        SessionToken created = SessionToken.generate(random);
        await(REDIS.store().create(created.id(), new NewSession(created.hash(), SessionData.of("user_id", value), HOUR)));
        return created;
    }

    private StoredSession load() {
        return await(REDIS.store().load(token.id()));
    }

    private UpdateResult update(StoredSession basis, TokenHash presented, Map<String, String> changed, Expiry expiry) {
        return await(REDIS.store().update(token.id(),
                new SessionUpdate(basis, presented, changed, Set.of(), TokenChange.KEEP, expiry)));
    }

    private static void update(SessionToken token, StoredSession basis, Map<String, String> changed, Expiry expiry) {
        assertThat(await(REDIS.store().update(token.id(),
                new SessionUpdate(basis, token.hash(), changed, Set.of(), TokenChange.KEEP, expiry))))
                .isInstanceOf(UpdateResult.Updated.class);
    }

    private static Map<String, String> userId(String value) {
        return SessionData.of("user_id", value).toJson();
    }

    private static List<SessionId> find(String value) {
        return await(REDIS.store().find(Reference.of("user_id", value), null, 100, null)).sessions().stream().map(Found::id)
                .toList();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
