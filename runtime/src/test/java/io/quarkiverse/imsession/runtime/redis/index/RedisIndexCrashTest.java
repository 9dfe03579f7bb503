package io.quarkiverse.imsession.runtime.redis.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.redis.RedisFixture;
import io.quarkiverse.imsession.runtime.redis.RedisSessionStore;
import io.quarkiverse.imsession.runtime.store.References;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.test.RedisProxy;
import io.quarkiverse.imsession.test.RedisServer;
import io.vertx.redis.client.RedisOptions;

/** Cuts the connection at each command of each operation: whatever was done by then, the index has what lives. */
@Tag("further")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedisIndexCrashTest {

    private static final Expiry SHORT = new Expiry(Duration.ofSeconds(1), null, null);
    private static final Expiry LONGER = new Expiry(Duration.ofSeconds(1), Duration.ofSeconds(3), null);
    private static final Duration ALL_EXPIRED = Duration.ofSeconds(3).plus(IndexedSessionStore.EXPIRY_SLACK)
            .plusSeconds(2);

    @RegisterExtension
    static final RedisFixture<RedisProxy> REDIS = RedisFixture.proxied("test", "user_id", "tenant");

    private static final SecureRandom RANDOM = new SecureRandom();

    private RedisSessionStore direct;

    @BeforeEach
    void connect() {
        direct = direct();
    }

    @AfterEach
    void disconnect() {
        REDIS.server().restore();
        direct.close();
    }

    @Test
    @Order(1)
    void everyOperationThatChangesReferencesHasSeveralCommandsToCutAt() {
        assertThat(crashes()).extracting(crash -> crash.operation + " " + crash.command)
                .contains("CREATE 2", "UPDATE_7_TO_8 2", "UPDATE_THAT_REMOVES 1", "UPDATE_THAT_EXTENDS 2",
                        "RENEWAL_THAT_EXTENDS 2", "DESTROY 2");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("crashes")
    @Order(2)
    void livingSessionsAreFoundAndNothingElse(Crash crash) {
        Scene scene = Scene.prepare(direct, crash.operation);
        RedisProxy proxy = REDIS.server();
        if (crash.after) {
            proxy.cutAfter("evalsha", crash.command);
        } else {
            proxy.cutBefore("evalsha", crash.command);
        }
        if (crash.dies) {
            proxy.stayDown();
        }
        // What nobody waits for, as the removal of old entries, fails without a word.
        Throwable failure = await(crash.operation.run(REDIS.store(), scene).handle((done, thrown) -> thrown));
        assertThat(failure).satisfiesAnyOf(none -> assertThat(none).isNull(),
                some -> assertThat(some).hasCauseInstanceOf(SessionStoreException.class));
        assertThat(proxy.wasCut()).isTrue();

        scene.assertFoundWhereItIs(direct);
        scene.assertFoundForLife(direct, proxy.server());
        proxy.restore();
        Awaitility.await().ignoreExceptionsInstanceOf(CompletionException.class)
                .untilAsserted(() -> scene.assertFoundWhereItIs(REDIS.store()));
        for (String key : proxy.server().keys()) {
            assertThat((Long) proxy.server().command("PTTL", key)).as(key).isNotEqualTo(-1)
                    .isLessThanOrEqualTo(ALL_EXPIRED.toMillis());
        }
    }

    @Test
    @Order(3)
    void whenEverythingHasExpiredNoKeyIsLeft() {
        assertThat(REDIS.server().server().keys()).as("what the other tests left").isNotEmpty();
        Awaitility.await().atMost(ALL_EXPIRED.plusSeconds(5)).until(() -> REDIS.server().server().keys().isEmpty());
    }

    /** Each command of each operation, as an operation that nothing disturbs sends them. */
    static List<Crash> crashes() {
        List<Crash> crashes = new ArrayList<>();
        RedisSessionStore direct = direct();
        for (Operation operation : Operation.values()) {
            // So that Redis knows the scripts.
            await(operation.run(direct, Scene.prepare(direct, operation)));
            int commands = commands(direct, operation);
            for (int i = 1; i <= commands; i++) {
                for (boolean after : List.of(false, true)) {
                    for (boolean dies : List.of(false, true)) {
                        crashes.add(new Crash(operation, i, commands, after, dies));
                    }
                }
            }
        }
        direct.close();
        return crashes;
    }

    private static int commands(RedisSessionStore direct, Operation operation) {
        Scene scene = Scene.prepare(direct, operation);
        try {
            List<String> commands = REDIS.server().commands(() -> await(operation.run(REDIS.store(), scene)));
            assertThat(commands).isNotEmpty().containsOnly("evalsha");
            return commands.size();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static RedisSessionStore direct() {
        return REDIS.newStore(new RedisOptions().setConnectionString(REDIS.server().server().uri()));
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    enum Operation {
        CREATE,
        UPDATE_7_TO_8,
        UPDATE_THAT_REMOVES,
        UPDATE_THAT_EXTENDS,
        RENEWAL_THAT_EXTENDS,
        DESTROY;

        CompletionStage<?> run(IndexedSessionStore store, Scene scene) {
            return switch (this) {
                case CREATE -> store.create(scene.token.id(), new NewSession(scene.token.hash(), scene.data(), SHORT));
                case UPDATE_7_TO_8 -> scene.update(store, SessionData.of("user_id", scene.eight).toJson(), Set.of(),
                        TokenChange.KEEP, null);
                case UPDATE_THAT_REMOVES -> scene.update(store, Map.of(), Set.of("user_id"), TokenChange.KEEP, null);
                case UPDATE_THAT_EXTENDS -> scene.update(store, Map.of("a", "1"), Set.of(), TokenChange.KEEP, LONGER);
                case RENEWAL_THAT_EXTENDS -> scene.update(store, Map.of(), Set.of(),
                        new TokenChange.Renew(SessionToken.generate(RANDOM).hash(), Duration.ofSeconds(10)), LONGER);
                case DESTROY -> store.destroy(scene.token.id());
            };
        }
    }

    /**
     * Where an operation is cut.
     *
     * @param command which of its commands, from 1
     * @param after whether that command is run, and only its reply is lost
     * @param dies whether the application is gone, too; else it goes on with a new connection
     */
    record Crash(Operation operation, int command, int of, boolean after, boolean dies) {

        @Override
        public String toString() {
            return operation.name().toLowerCase().replace('_', ' ') + ": cut " + (after ? "after" : "before") + " command "
                    + command + " of " + of + (dies ? ", and the application dies" : "");
        }
    }

    /** A session and the values that it may have. */
    private record Scene(SessionToken token, String seven, String eight, String tenant, StoredSession basis) {

        static Scene prepare(IndexedSessionStore store, Operation operation) {
            Scene scene = new Scene(SessionToken.generate(RANDOM), unique(), unique(), unique(), null);
            if (operation == Operation.CREATE) {
                return scene;
            }
            await(store.create(scene.token.id(), new NewSession(scene.token.hash(), scene.data(), SHORT)));
            return new Scene(scene.token, scene.seven, scene.eight, scene.tenant, await(store.load(scene.token.id())));
        }

        SessionData data() {
            return SessionData.of("user_id", seven, "tenant", tenant);
        }

        CompletionStage<?> update(IndexedSessionStore store, Map<String, String> changed, Set<String> removed,
                TokenChange token, Expiry expiry) {
            return store.update(this.token.id(),
                    new SessionUpdate(basis, this.token.hash(), changed, removed, token, expiry));
        }

        void assertFoundWhereItIs(IndexedSessionStore store) {
            StoredSession stored = await(store.load(token.id()));
            for (Reference reference : references()) {
                boolean has = stored != null && References.has(stored.data(), reference);
                assertThat(await(store.find(reference, null, 10, null)).sessions()).as(reference.toString())
                        .extracting(IndexedSessionStore.Found::id)
                        .isEqualTo(has ? List.of(token.id()) : List.of());
            }
        }

        /** Its entries stay at least as long as the session: else it would be lost while it lives. */
        void assertFoundForLife(IndexedSessionStore store, RedisServer server) {
            StoredSession stored = await(store.load(token.id()));
            for (Reference reference : references()) {
                if (stored != null && References.has(stored.data(), reference)) {
                    String set = REDIS.keys().reference(reference);
                    Instant kept = stored.expiresAt().plus(IndexedSessionStore.EXPIRY_SLACK);
                    assertThat(Instant.ofEpochMilli(Long.parseLong((String) server.command("ZSCORE", set, token.id().value()))))
                            .isAfterOrEqualTo(kept);
                    Long setMillis = (Long) server.command("PTTL", set);
                    assertThat(setMillis).isGreaterThanOrEqualTo(
                            (Long) server.command("PTTL", REDIS.keys().session(token.id())));
                }
            }
        }

        private List<Reference> references() {
            return List.of(Reference.of("user_id", seven), Reference.of("user_id", eight), Reference.of("tenant", tenant));
        }

        private static String unique() {
            return UUID.randomUUID().toString();
        }
    }
}
