package io.quarkiverse.imsession.runtime.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.testing.SessionStoreContract;

class PostgresSessionStoreTest extends SessionStoreContract {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();
    private static final int LARGEST = 64 * 1024;
    private static PostgresSessionStore store;

    @BeforeAll
    static void open() {
        store = POSTGRES.store(SessionLimits.NONE);
    }

    @Override
    protected SessionStore store() {
        return store;
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        return POSTGRES.timeToLive(id);
    }

    @Test
    void everyOperationIsOneStatement() throws Exception {
        SessionToken token = newToken();
        assertThat(statements(() -> store().create(token.id(),
                new NewSession(token.hash(), SessionData.of("a", 1), expiry())))).isEqualTo(1);
        StoredSession basis = load(token);
        assertThat(statements(() -> store().load(token.id()))).isEqualTo(1);
        assertThat(statements(() -> store().load(token.id(), Set.of("a")))).isEqualTo(1);
        assertThat(statements(
                () -> store().update(token.id(), new SessionUpdate(basis, token.hash(), Map.of("a", "3"), Set.of("b"),
                        TokenChange.KEEP, expiry()))))
                .isEqualTo(1);
        StoredSession later = load(token);
        SessionToken next = newToken();
        assertThat(statements(
                () -> store().update(token.id(), new SessionUpdate(later, token.hash(), Map.of(), Set.of(), renew(next),
                        expiry()))))
                .isEqualTo(1);
        Presented presented = presented(token.id());
        SessionToken other = newToken();
        assertThat(statements(() -> store().replace(token.id(), presented, LONG_GRACE, other.id(),
                new NewSession(other.hash(), SessionData.empty(), expiry())))).isEqualTo(1);
        Presented owner = presented(other);
        assertThat(statements(() -> store().destroy(other.id(), owner))).isEqualTo(1);
        assertThat(statements(() -> store().destroy(newToken().id()))).isEqualTo(1);
    }

    @Test
    void eachOperationOfAClaimIsOneStatement() throws Exception {
        String name = "once " + newToken().id();
        assertThat(statements(() -> store().claim(name, "a", LONG_GRACE))).isEqualTo(1);
        assertThat(statements(() -> store().claim(name, "b", LONG_GRACE))).isEqualTo(1);
        assertThat(statements(() -> store().holder(name))).isEqualTo(1);
        assertThat(statements(() -> store().release(name, "b"))).isEqualTo(1);
        assertThat(await(store().holder(name))).isEqualTo("a");
    }

    @Test
    void claimThatWaitsForAnotherOneSeesIt() throws Exception {
        String name = "waiting " + newToken().id();
        assertThat(await(store().claim(name, "a", LONG_GRACE))).isEqualTo("a");
        try (Connection connection = POSTGRES.server().connect(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE imsession_claim SET holder = 'b' WHERE holder = 'a'");
            CompletableFuture<String> claim = store().claim(name, "c", LONG_GRACE).toCompletableFuture();
            Awaitility.await().until(() -> (Long) POSTGRES.server()
                    .value("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
            connection.commit();
            assertThat(await(claim)).isEqualTo("b");
        }
    }

    @Test
    void changeOfASessionThatOthersHaveChangedIsOneStatementMore() throws Exception {
        SessionToken token = create(SessionData.of("a", 1));
        StoredSession basis = load(token);
        update(token, Map.of("b", "1"), Set.of(), TokenChange.KEEP);
        assertThat(statements(() -> store().update(token.id(), change(basis, token, Map.of("a", "2"), Expected.NOTHING))))
                .isEqualTo(2);
        assertThat(load(token).data()).isEqualTo(SessionData.of("a", 2, "b", 1));
    }

    @Test
    void conflictIsAnsweredByOneStatement() throws Exception {
        SessionToken token = create(SessionData.of("a", 1));
        StoredSession basis = load(token);
        update(token, Map.of("a", "2"), Set.of(), TokenChange.KEEP);
        SessionUpdate stale = change(basis, token, Map.of("a", "3"), new Expected(Set.of("a"), false));
        assertThat(statements(() -> store().update(token.id(), stale))).isEqualTo(1);
        assertThat(await(store().update(token.id(), stale))).isInstanceOf(UpdateResult.Changed.class);
    }

    private static SessionUpdate change(StoredSession basis, SessionToken token, Map<String, String> changed,
            Expected expected) {
        return new SessionUpdate(basis, new Presented(token.hash(), basis.version()), changed, Set.of(), TokenChange.KEEP,
                expiry(),
                Long.MAX_VALUE, expected);
    }

    @Test
    void changeThatNeedsNoOtherFieldsWritesNoOthers() {
        SessionToken token = create(SessionData.of("cart", "x".repeat(50_000)));
        POSTGRES.server().command("CHECKPOINT");
        long before = ((Number) POSTGRES.server().value("SELECT pg_current_wal_insert_lsn() - '0/0'")).longValue();
        for (int i = 0; i < 10; i++) {
            update(token.id(), token.hash(), Map.of("@label", "phone " + i), Set.of(), TokenChange.KEEP, expiry());
        }
        long after = ((Number) POSTGRES.server().value("SELECT pg_current_wal_insert_lsn() - '0/0'")).longValue();
        assertThat(after - before).isLessThan(30_000);
    }

    @Test
    void changesWriteNoIndex() {
        POSTGRES.server().command("CREATE EXTENSION IF NOT EXISTS pgstattuple");
        SessionToken token = create(SessionData.of("a", 0));
        long before = entriesOfIndexes();
        for (int i = 1; i <= 100; i++) {
            update(token, Map.of("a", Integer.toString(i)), Set.of(), TokenChange.KEEP);
        }
        assertThat(entriesOfIndexes() - before).isLessThan(10);
    }

    private static long entriesOfIndexes() {
        return ((Number) POSTGRES.server().value("SELECT sum(tuple_count + dead_tuple_count) FROM pg_index,"
                + " pgstattuple(indexrelid) WHERE indrelid = 'imsession_session'::regclass")).longValue();
    }

    @Test
    void sessionThatIsToEndEarlierIsRemovedEarlier() {
        SessionToken token = create(SessionData.empty());
        update(token.id(), token.hash(), Map.of(), Set.of(), TokenChange.KEEP,
                expiry(Duration.ofDays(1), Duration.ofMinutes(1), null));
        assertThat(POSTGRES.server().value("SELECT cleanup_at = expires_at + interval '10 s' AND cleanup_at < now() + interval"
                + " '2 min' FROM imsession_session WHERE id = ?", token.id().value())).isEqualTo(true);
    }

    @Test
    void fieldsAreThereForSqlAndSecretsAreNot() {
        SessionToken token = create(SessionData.of("user_id", 7, "name", "Ada"));
        assertThat(POSTGRES.server().value(
                "SELECT data->>'name' FROM imsession_session WHERE (data->>'user_id')::int = 7 AND id = ?",
                token.id().value())).isEqualTo("Ada");
        String row = POSTGRES.server().value("SELECT s::text FROM imsession_session s WHERE id = ?", token.id().value())
                .toString();
        assertThat(row).contains(token.hash().value()).doesNotContain(token.value().substring(SessionId.LENGTH + 1));
    }

    @Test
    void documentThatOthersHaveWrittenIsLoadedOrAbsentButNoFailure() {
        SessionToken token = create(SessionData.of("a", 1));
        for (String readable : List.of("{\"a\" : 2}", "{\"a\":\"\\u0000\"}", "{\"a\":\"\\ud800\",\"b\":1}",
                "{\"a\":1,\"a\":2}")) {
            write(token, readable);
            assertThat(load(token)).as(readable).isNotNull();
            assertThat(await(store().load(token.id(), Set.of("a"))).data().names()).as(readable).containsExactly("a");
        }
        for (String damaged : List.of("[]", "1", "null", "\"{}\"")) {
            write(token, damaged);
            assertThat(load(token)).as(damaged).isNull();
            assertThat(await(store().load(token.id(), Set.of("a")))).as(damaged).isNull();
            assertThat(update(token, Map.of("a", "1"), Set.of(), TokenChange.KEEP)).as(damaged)
                    .isInstanceOf(UpdateResult.Gone.class);
        }
    }

    @Test
    void sessionAsLargeAsItMayBeIsKeptWhateverItsTextIs() {
        String halves = "\0\ud800\uf8ff\"\\\n\u00e4\udc00";
        for (String text : List.of("x".repeat(LARGEST), halves.repeat(LARGEST / halves.length()), noise(LARGEST))) {
            SessionData data = SessionData.fromJson(Map.of(text.substring(0, 200), "1")).with("a", text);
            SessionToken token = create(data);
            assertThat(load(token).data().toJson()).isEqualTo(data.toJson());
            assertThat(await(store().load(token.id(), Set.of("a"))).data().toJson()).containsOnlyKeys("a")
                    .containsEntry("a", data.toJson().get("a"));
            update(token, Map.of("b", "2"), Set.of(), TokenChange.KEEP);
            assertThat(load(token).data().toJson()).hasSize(3).containsAllEntriesOf(data.toJson());
        }
    }

    /** Text that no compression makes smaller. */
    private static String noise(int length) {
        return new Random(1).ints(length, ' ', '\u3000').collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();
    }

    private static void write(SessionToken token, String document) {
        POSTGRES.server().command("UPDATE imsession_session SET data = ?::text::json WHERE id = ?", document,
                token.id().value());
    }

    private static int statements(Supplier<CompletionStage<?>> call) throws Exception {
        return POSTGRES.server().statements(() -> await(call.get()));
    }
}
