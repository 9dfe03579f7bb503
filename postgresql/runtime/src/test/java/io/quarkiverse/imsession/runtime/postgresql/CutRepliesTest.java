package io.quarkiverse.imsession.runtime.postgresql;

import static io.quarkiverse.imsession.runtime.postgresql.PostgresFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.store.SessionLimit;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.test.postgresql.TcpProxy;
import io.quarkiverse.imsession.test.postgresql.TcpProxy.Place;

/** Connections that are lost while a statement is under way: what it was to change is changed once, or not at all. */
@Tag("further")
class CutRepliesTest {

    private static final Expiry DAY = new Expiry(Duration.ofDays(1), null, null);
    private static final int MOST = 3;

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    private final SecureRandom random = new SecureRandom();
    private TcpProxy proxy;
    private PostgresSessionStore store;

    @BeforeEach
    void open() {
        POSTGRES.server().command("TRUNCATE imsession_session CASCADE");
        proxy = TcpProxy.start(POSTGRES.server().port());
        store = POSTGRES.store(POSTGRES.poolAt(proxy.port(), 1), PostgresFixture.COMMAND_TIMEOUT,
                new SessionLimits(Map.of("seat", new SessionLimit(MOST, false)), (id, full) -> {
                }), "user_id", "seat");
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void loadIsRepeated(Place place) {
        SessionToken token = create("user_id");
        await(store.load(token.id()));
        proxy.cutNext(place);
        assertThat(await(store.load(token.id()))).isNotNull();
        assertThat(proxy.wasCut()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void updateIsStoredOnceOrNot(Place place) {
        SessionToken token = create("user_id");
        await(update(token, "first"));
        StoredSession basis = await(store.load(token.id()));
        fail(place, () -> update(token, basis, "second"));
        StoredSession stored = await(store.load(token.id()));
        assertThat(stored.version()).isEqualTo(place == Place.BEFORE ? 2 : 3);
        assertThat(stored.data().get("n", String.class)).hasValue(place == Place.BEFORE ? "first" : "second");
        assertThat(reference(token)).isEqualTo(stored.data().get("user_id", String.class).orElseThrow());
        await(update(token, "third"));
        assertThat(await(store.load(token.id())).version()).isEqualTo(place == Place.BEFORE ? 3 : 4);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void newSessionIsStoredWithItsReferencesOrNot(Place place) {
        create("user_id");
        SessionToken token = SessionToken.generate(random);
        fail(place, () -> create(token, "user_id"));
        assertThat(await(store.load(token.id())) == null).isEqualTo(place == Place.BEFORE);
        assertThat(POSTGRES.server().value("SELECT count(*) FROM imsession_reference")).isEqualTo(
                POSTGRES.server().value("SELECT count(*) FROM imsession_session"));
    }

    /** Several statements are under way at once, and the transaction may or may not have come to its end. */
    @ParameterizedTest
    @EnumSource(Place.class)
    void newSessionWithALimitIsStoredWholeOrNotAndTheLimitHolds(Place place) {
        create("seat");
        SessionToken token = SessionToken.generate(random);
        fail(place, () -> create(token, "seat"));
        awaitNoTransaction();
        boolean isStored = await(store.load(token.id())) != null;
        assertThat((Long) POSTGRES.server().value("SELECT count(*) FROM imsession_reference WHERE field = 'seat'"))
                .isEqualTo(isStored ? 2 : 1);
        for (int i = isStored ? 2 : 1; i < MOST; i++) {
            create("seat");
        }
        assertThatThrownBy(() -> create("seat")).hasMessageContaining("seat");
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void sessionIsReplacedWholeOrNot(Place place) {
        replace(create("user_id"), SessionToken.generate(random)).toCompletableFuture().join();
        SessionToken old = create("user_id");
        SessionToken next = SessionToken.generate(random);
        fail(place, () -> replace(old, next));
        StoredSession before = await(store.load(old.id()));
        StoredSession after = await(store.load(next.id()));
        if (place == Place.BEFORE) {
            assertThat(before.isReplaced()).isFalse();
            assertThat(after).isNull();
        } else {
            assertThat(before.isReplaced()).isTrue();
            assertThat(after).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void sessionIsEndedOrNot(Place place) {
        await(store.destroy(create("user_id").id()));
        SessionToken token = create("user_id");
        fail(place, () -> store.destroy(token.id()));
        assertThat(await(store.load(token.id())) != null).isEqualTo(place == Place.BEFORE);
    }

    /** The server has the lock of the value, and the rest of the transaction never arrives. */
    @Test
    void applicationWhoseNetworkIsGoneInATransactionDelaysOthersForTheTimeoutOnly() {
        SessionLimits limits = new SessionLimits(Map.of("seat", new SessionLimit(MOST, false)), (id, full) -> {
        });
        Duration timeout = Duration.ofSeconds(1);
        PostgresSessionStore vanishing = POSTGRES.store(POSTGRES.poolAt(proxy.port(), 1), timeout, limits, "seat");
        proxy.swallowFrom("COMMIT\0");
        // On a slow machine the time may be over before the transaction comes to its end.
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            assertThatThrownBy(() -> await(create(vanishing, SessionToken.generate(random), "seat")))
                    .hasCauseInstanceOf(SessionStoreException.class);
            return proxy.wasCut();
        });
        PostgresSessionStore other = POSTGRES.store(POSTGRES.pool(2), PostgresFixture.COMMAND_TIMEOUT, limits, "seat");
        for (int i = 0; i < MOST; i++) {
            assertThat(await(create(other, SessionToken.generate(random), "seat"))).isNotNull();
        }
    }

    private void fail(Place place, Supplier<CompletionStage<?>> call) {
        proxy.cutNext(place);
        assertThatThrownBy(() -> await(call.get())).hasRootCauseInstanceOf(Exception.class)
                .hasCauseInstanceOf(SessionStoreException.class);
        assertThat(proxy.wasCut()).isTrue();
    }

    private void awaitNoTransaction() {
        Awaitility.await()
                .until(() -> (Long) POSTGRES.server().value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 0);
    }

    private CompletionStage<?> update(SessionToken token, String value) {
        return update(token, await(store.load(token.id())), value);
    }

    private CompletionStage<?> update(SessionToken token, StoredSession basis, String value) {
        return store.update(token.id(),
                new SessionUpdate(basis, token.hash(), Map.of("n", '"' + value + '"', "user_id", '"' + value + '"'), Set.of(),
                        TokenChange.KEEP, DAY));
    }

    private CompletionStage<?> replace(SessionToken old, SessionToken next) {
        return store.replace(old.id(), new Presented(old.hash(), 1), Duration.ofMinutes(1), next.id(),
                new NewSession(next.hash(), SessionData.of("user_id", "7"), DAY));
    }

    private SessionToken create(String field) {
        SessionToken token = SessionToken.generate(random);
        await(create(token, field));
        return token;
    }

    private CompletionStage<?> create(SessionToken token, String field) {
        return create(store, token, field);
    }

    private static CompletionStage<?> create(PostgresSessionStore store, SessionToken token, String field) {
        return store.create(token.id(), new NewSession(token.hash(), SessionData.of(field, "7"), DAY));
    }

    private static Object reference(SessionToken token) {
        return POSTGRES.server().value("SELECT value FROM imsession_reference WHERE session_id = ?", token.id().value());
    }
}
