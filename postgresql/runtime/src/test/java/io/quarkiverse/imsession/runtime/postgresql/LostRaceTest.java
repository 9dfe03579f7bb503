package io.quarkiverse.imsession.runtime.postgresql;

import static io.quarkiverse.imsession.runtime.postgresql.PostgresFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;

/** Many instances change one session at the same time: each race that is lost costs one statement more. */
@Tag("further")
class LostRaceTest {

    private static final int INSTANCES = 20;
    private static final Expiry HOUR = new Expiry(Duration.ofHours(1), null, null);

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();
    private static final List<PostgresSessionStore> STORES = new ArrayList<>();

    @BeforeAll
    static void open() {
        for (int i = 0; i < INSTANCES; i++) {
            STORES.add(POSTGRES.store(POSTGRES.pool(1), PostgresFixture.COMMAND_TIMEOUT, SessionLimits.NONE));
        }
    }

    @Test
    void changesOfDifferentFieldsAreAllThereAndTakeAStatementForEachRaceThatIsLost() throws Exception {
        SessionToken token = create();
        StoredSession basis = await(STORES.get(0).load(token.id()));
        int statements = POSTGRES.server().statements(() -> {
            List<CompletionStage<UpdateResult>> changes = new ArrayList<>();
            for (int i = 0; i < INSTANCES; i++) {
                changes.add(
                        STORES.get(i).update(token.id(), new SessionUpdate(basis, token.hash(), Map.of("f" + i, "1"), Set.of(),
                                TokenChange.KEEP, HOUR)));
            }
            changes.forEach(change -> assertThat(await(change)).isInstanceOf(UpdateResult.Updated.class));
        });
        StoredSession stored = await(STORES.get(0).load(token.id()));
        assertThat(stored.data().names()).hasSize(1 + INSTANCES);
        assertThat(stored.version()).isEqualTo(1 + INSTANCES);
        // Each try either is stored, or comes after one that was stored since the try before.
        assertThat(statements).isBetween(INSTANCES, INSTANCES * (INSTANCES + 1) / 2 + INSTANCES);
    }

    @Test
    void incrementsAreAllCounted() {
        SessionToken token = create();
        StoredSession basis = await(STORES.get(0).load(token.id()));
        List<CompletionStage<UpdateResult>> changes = new ArrayList<>();
        for (PostgresSessionStore store : STORES) {
            changes.add(increment(store, token, basis));
        }
        changes.forEach(change -> assertThat(await(change)).isInstanceOf(UpdateResult.Updated.class));
        assertThat(await(STORES.get(0).load(token.id())).data()).isEqualTo(SessionData.of("n", INSTANCES));
    }

    private static CompletionStage<UpdateResult> increment(PostgresSessionStore store, SessionToken token,
            StoredSession basis) {
        int next = basis.data().get("n", Integer.class).orElseThrow() + 1;
        return store.update(token.id(), new SessionUpdate(basis, new Presented(token.hash(), basis.version()),
                Map.of("n", Integer.toString(next)), Set.of(), TokenChange.KEEP, HOUR, Long.MAX_VALUE,
                new Expected(Set.of("n"), false)))
                .thenCompose(
                        result -> result instanceof UpdateResult.Changed changed ? increment(store, token, changed.session())
                                : CompletableFuture.completedStage(result));
    }

    private static SessionToken create() {
        SessionToken token = SessionToken.generate(new SecureRandom());
        await(STORES.get(0).create(token.id(), new NewSession(token.hash(), SessionData.of("n", 0), HOUR)));
        return token;
    }
}
