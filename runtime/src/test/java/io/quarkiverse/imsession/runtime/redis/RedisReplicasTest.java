package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.assertj.core.api.AbstractThrowableAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.Replicas;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.RedisProxy;
import io.quarkiverse.imsession.test.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

/** Changes that replicas must have before they count as stored. */
@Tag("further")
class RedisReplicasTest {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(20);
    /** For replicas that there are. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** For replicas that there are not. */
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final RedisKeys KEYS = new RedisKeys("test");

    private final SecureRandom random = new SecureRandom();
    private final Vertx vertx = Vertx.vertx();
    private final RedisServer primary = RedisServer.start();
    private final RedisProxy proxy = RedisProxy.start(primary);
    private final List<RedisSessionStore> stores = new ArrayList<>();
    private RedisServer replica;

    @AfterEach
    void stop() {
        stores.forEach(RedisSessionStore::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        proxy.close();
        if (replica != null) {
            replica.close();
        }
        primary.close();
    }

    @Test
    void changeThatTooFewReplicasHaveFailsAndTellsHowManyAnsweredAndWhichSettingAsksForThem() {
        RedisSessionStore plain = store(Replicas.NONE);
        RedisSessionStore store = store(new Replicas(1, SHORT));
        List<Supplier<CompletionStage<?>>> changes = List.of(
                () -> create(store, newToken(), SessionData.of("a", 1)),
                () -> create(store, newToken(), SessionData.of("user_id", 7)),
                () -> {
                    SessionToken token = newSession(plain, SessionData.of("a", 1));
                    return update(store, token, load(plain, token), TokenChange.KEEP);
                },
                () -> {
                    SessionToken token = newSession(plain, SessionData.of("user_id", 7));
                    return update(store, token, load(plain, token), TokenChange.KEEP);
                },
                () -> {
                    SessionToken token = newSession(plain, SessionData.of("a", 1));
                    return update(store, token, load(plain, token),
                            new TokenChange.Renew(newToken().hash(), Duration.ofSeconds(10)));
                },
                () -> store.destroy(newSession(plain, SessionData.of("a", 1)).id()),
                () -> {
                    SessionToken token = newSession(plain, SessionData.of("user_id", 7));
                    return store.destroy(token.id(), Presented.ifNewest(token.hash()));
                },
                () -> {
                    SessionToken old = newSession(plain, SessionData.of("a", 1));
                    SessionToken next = newToken();
                    return store.replace(old.id(), Presented.ifNewest(old.hash()), Duration.ofSeconds(10), next.id(),
                            new NewSession(next.hash(), SessionData.of("a", 2), expiry()));
                },
                () -> {
                    newSession(plain, SessionData.of("user_id", 8));
                    return store.destroyAll(Reference.of("user_id", 8), null, ended -> {
                    });
                });
        for (Supplier<CompletionStage<?>> change : changes) {
            assertTooFew(change.get(), 0, 1);
        }
    }

    @Test
    void acknowledgedChangeIsOnTheReplica() {
        replica = RedisServer.startReplica(primary);
        RedisSessionStore store = store(new Replicas(1, PATIENCE));
        for (int i = 0; i < 20; i++) {
            SessionToken token = newSession(store, SessionData.of("user_id", i));
            String key = KEYS.session(token.id());
            assertThat(replica.hash(key)).containsEntry("user_id", Integer.toString(i));
            assertThat(replica.keys()).contains(KEYS.reference(Reference.of("user_id", i)));

            assertThat(await(update(store, token, load(store, token), TokenChange.KEEP)))
                    .isInstanceOf(UpdateResult.Updated.class);
            assertThat(replica.hash(key)).containsEntry("b", "2");

            assertThat(await(store.destroy(token.id()))).isTrue();
            assertThat(replica.keys()).doesNotContain(key);
        }
    }

    @Test
    void allReplicasThatAreAskedForMustAnswer() {
        replica = RedisServer.startReplica(primary);
        // Long enough for the one replica of a slow machine.
        assertTooFew(create(store(new Replicas(2, Duration.ofSeconds(5))), newToken(), SessionData.of("a", 1)), 1, 2);
    }

    @Test
    void withoutReplicasToWaitForNothingIsSentBesides() throws Exception {
        assertThat(commandsOfOneLife(store(Replicas.NONE), SessionData.of("a", 1))).containsExactly("evalsha", "hgetall",
                "evalsha", "evalsha");
        // Making and removing an entry of the index are scripts, too.
        assertThat(commandsOfOneLife(store(Replicas.NONE), SessionData.of("user_id", 7))).containsExactly("evalsha", "evalsha",
                "hgetall", "evalsha", "evalsha", "evalsha");
    }

    @Test
    void aWaitFollowsEachScriptThatMustLastAndNoOther() throws Exception {
        replica = RedisServer.startReplica(primary);
        RedisSessionStore store = store(new Replicas(1, PATIENCE));
        assertThat(commandsOfOneLife(store, SessionData.of("a", 1))).containsExactly("evalsha", "wait", "hgetall", "evalsha",
                "wait", "evalsha", "wait");
        assertThat(commandsOfOneLife(store, SessionData.of("user_id", 7))).containsExactly("evalsha", "wait", "evalsha", "wait",
                "hgetall", "evalsha", "wait", "evalsha", "wait", "evalsha");
    }

    @Test
    void scriptAndWaitAreOneRoundTrip() throws Exception {
        replica = RedisServer.startReplica(primary);
        RedisSessionStore store = store(new Replicas(1, PATIENCE));
        commandsOfOneLife(store, SessionData.of("a", 1));
        SessionToken token = newToken();
        assertThat(proxy.roundTrips(() -> await(create(store, token, SessionData.of("a", 1))))).isOne();
    }

    @Test
    void scriptThatRedisForgotIsSentAgainAndAwaited() throws Exception {
        replica = RedisServer.startReplica(primary);
        RedisSessionStore store = store(new Replicas(1, PATIENCE));
        commandsOfOneLife(store, SessionData.of("a", 1));
        SessionToken token = newToken();
        primary.command("SCRIPT", "FLUSH");
        assertThat(proxy.commands(() -> await(create(store, token, SessionData.of("a", 1))))).containsExactly("evalsha", "wait",
                "eval", "wait");
        assertThat(replica.keys()).contains(KEYS.session(token.id()));
    }

    @Test
    void refusalNeedsNoReplica() {
        RedisSessionStore plain = store(Replicas.NONE);
        RedisSessionStore store = store(new Replicas(1, SHORT));
        SessionToken token = newSession(plain, SessionData.of("a", 1));
        StoredSession loaded = load(plain, token);
        await(update(plain, token, loaded, new TokenChange.Renew(newToken().hash(), Duration.ofSeconds(10))));
        assertThat(await(update(store, token, loaded, TokenChange.KEEP))).isInstanceOf(UpdateResult.Superseded.class);
        assertThat(await(store.destroy(token.id(), new Presented(token.hash(), loaded.version()))))
                .isEqualTo(DestroyResult.SUPERSEDED);
        await(plain.destroy(token.id()));
        assertThat(await(update(store, token, loaded, TokenChange.KEEP))).isInstanceOf(UpdateResult.Gone.class);
    }

    @Test
    void endThatTooFewReplicasHaveIsNotAcknowledgedWhenItIsAskedForAgain() {
        RedisSessionStore plain = store(Replicas.NONE);
        RedisSessionStore store = store(new Replicas(1, SHORT));
        SessionToken token = newSession(plain, SessionData.of("user_id", 7));
        assertTooFew(store.destroy(token.id()), 0, 1);
        assertTooFew(store.destroy(token.id()), 0, 1);
        assertTooFew(store.destroy(token.id(), Presented.ifNewest(token.hash())), 0, 1);
        SessionToken other = newSession(plain, SessionData.of("user_id", 8));
        for (int i = 0; i < 2; i++) {
            assertTooFew(store.destroyAll(Reference.of("user_id", 8), null, ended -> {
            }), 0, 1);
        }
        assertThat(load(plain, other)).isNull();

        replica = RedisServer.startReplica(primary);
        assertThat(await(store(new Replicas(1, PATIENCE)).destroy(token.id()))).isFalse();
    }

    @Test
    void whatAReplicaDoesNotHaveYetIsNotConfirmedEvenOnAConnectionThatHasChangedNothing() {
        replica = RedisServer.startReplica(primary);
        RedisSessionStore patient = store(new Replicas(1, PATIENCE));
        RedisSessionStore hasty = store(new Replicas(1, SHORT));
        SessionToken token = newSession(patient, SessionData.of("a", 1));
        await(hasty.confirm(token.id()));
        replica.hang();
        try {
            assertTooFew(store(new Replicas(1, SHORT)).destroy(token.id()), 0, 1);
            assertTooFew(hasty.confirm(token.id()), 0, 1);
            assertTooFew(store(new Replicas(1, SHORT)).confirm(token.id()), 0, 1);
            assertTooFew(store(new Replicas(1, SHORT)).destroy(token.id()), 0, 1);
        } finally {
            replica.goOn();
        }
        await(patient.confirm(token.id()));
        assertThat(patient.hasToConfirm()).isTrue();
        assertThat(store(Replicas.NONE).hasToConfirm()).isFalse();
    }

    @Test
    void changeWhoseWaitIsLostWithTheConnectionIsNotAcknowledged() throws Exception {
        replica = RedisServer.startReplica(primary);
        RedisSessionStore store = store(new Replicas(1, PATIENCE));
        commandsOfOneLife(store, SessionData.of("a", 1));
        SessionToken token = newToken();
        proxy.cutBefore("wait", 1);
        assertThatThrownBy(() -> await(create(store, token, SessionData.of("a", 1)))).cause()
                .isInstanceOf(SessionStoreException.class).hasMessageContaining("connection to Redis was lost");
        assertThat(proxy.wasCut()).isTrue();
        proxy.restore();
        assertThat(load(store, token)).as("it may be stored nevertheless").isNotNull();
    }

    @Test
    void whileReplicasLackOnlyOneChangeAtATimeWaitsForThemAndReadingGoesOn() throws Exception {
        RedisSessionStore plain = store(Replicas.NONE);
        RedisSessionStore store = store(new Replicas(1, Duration.ofSeconds(2)));
        SessionToken token = newSession(plain, SessionData.of("a", 1));
        assertTooFew(create(store, newToken(), SessionData.of("a", 1)), 0, 1);

        List<CompletionStage<?>> changes = new ArrayList<>();
        List<CompletionStage<?>> reads = new ArrayList<>();
        List<String> commands = proxy.commands(() -> {
            IntStream.range(0, 50).forEach(i -> {
                changes.add(create(store, newToken(), SessionData.of("a", 1)));
                reads.add(store.load(token.id()));
            });
            reads.forEach(read -> assertThat((Object) await(read)).isNotNull());
        });
        changes.forEach(change -> assertTooFew(change, 0, 1));
        assertThat(commands).filteredOn("wait"::equals).hasSize(1);

        replica = RedisServer.startReplica(primary);
        Awaitility.await().ignoreExceptionsInstanceOf(CompletionException.class).until(
                () -> await(create(store, newToken(), SessionData.of("a", 1))) != null);
        changes.clear();
        IntStream.range(0, 50).forEach(i -> changes.add(create(store, newToken(), SessionData.of("a", 1))));
        changes.forEach(RedisReplicasTest::await);
    }

    @Test
    void readingDoesNotWaitBehindChangesThatWaitForReplicas() {
        RedisSessionStore plain = store(Replicas.NONE);
        RedisSessionStore store = store(new Replicas(1, Duration.ofHours(1)));
        SessionToken token = newSession(plain, SessionData.of("a", 1));
        List<CompletionStage<?>> changes = IntStream.range(0, 20)
                .<CompletionStage<?>> mapToObj(i -> create(store, newToken(), SessionData.of("a", 1))).toList();

        assertThat(load(store, token)).isNotNull();
        assertThat(changes).noneMatch(change -> change.toCompletableFuture().isDone());
    }

    /** The commands of creating, loading, changing and destroying a session, after Redis knows the scripts. */
    private List<String> commandsOfOneLife(RedisSessionStore store, SessionData data) throws Exception {
        live(store, data);
        return proxy.commands(() -> live(store, data));
    }

    private void live(RedisSessionStore store, SessionData data) {
        SessionToken token = newSession(store, data);
        await(store.update(token.id(), new SessionUpdate(load(store, token), token.hash(), Map.of("b", "2"), Set.of(),
                TokenChange.KEEP, null)));
        await(store.destroy(token.id()));
    }

    private RedisSessionStore store(Replicas replicas) {
        RedisSessionStore store = new RedisSessionStore(vertx, () -> Redis.createClient(vertx, proxy.uri()), KEYS,
                COMMAND_TIMEOUT, replicas, Set.of("user_id"), SessionLimits.NONE);
        stores.add(store);
        return store;
    }

    private SessionToken newToken() {
        return SessionToken.generate(random);
    }

    private SessionToken newSession(RedisSessionStore store, SessionData data) {
        SessionToken token = newToken();
        await(create(store, token, data));
        return token;
    }

    private static CompletionStage<?> create(RedisSessionStore store, SessionToken token, SessionData data) {
        return store.create(token.id(), new NewSession(token.hash(), data, expiry()));
    }

    private static CompletionStage<UpdateResult> update(RedisSessionStore store, SessionToken token, StoredSession basis,
            TokenChange change) {
        return store.update(token.id(),
                new SessionUpdate(basis, token.hash(), Map.of("b", "2"), Set.of(), change, expiry()));
    }

    private static Expiry expiry() {
        return new Expiry(Duration.ofHours(1), null, null);
    }

    private static StoredSession load(RedisSessionStore store, SessionToken token) {
        return await(store.load(token.id()));
    }

    private static AbstractThrowableAssert<?, ?> assertTooFew(CompletionStage<?> change, int acknowledged, int wanted) {
        return assertThatThrownBy(() -> await(change)).cause().isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("quarkus.imsession.redis.replicas is " + wanted + ", but " + acknowledged + " of")
                .hasMessageContaining("quarkus.imsession.redis.replicas-timeout");
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
