package io.quarkiverse.imsession.runtime.postgresql;

import static io.quarkiverse.imsession.runtime.postgresql.PostgresFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;

/** The clock of the database decides, however wrong it is what an instance takes for it. */
@Tag("further")
class PostgresClockTest {

    private static final Expiry HOUR = new Expiry(Duration.ofHours(1), null, null);

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    private PostgresSessionStore store;
    private SessionToken token;
    private StoredSession basis;

    @BeforeEach
    void create() {
        store = POSTGRES.store(POSTGRES.pool(2), PostgresFixture.COMMAND_TIMEOUT, SessionLimits.NONE);
        token = SessionToken.generate(new SecureRandom());
        await(store.create(token.id(), new NewSession(token.hash(), SessionData.of("a", 1), HOUR)));
        basis = await(store.load(token.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = { "PT1H", "PT-1H", "P365D", "P-365D" })
    void updateIsStoredAtTheTimeOfTheDatabase(Duration wrong) {
        mislead(wrong);
        StoredSession old = wrong.isNegative() ? basis.at(basis.now().plus(wrong)) : basis;
        UpdateResult result = await(store.update(token.id(),
                new SessionUpdate(old, token.hash(), Map.of("a", "2"), Set.of(), TokenChange.KEEP, HOUR)));
        assertThat(result).isInstanceOfSatisfying(UpdateResult.Updated.class, updated -> assertThat(updated.now())
                .isBetween(basis.now(), Instant.now()));
        assertThat(await(store.load(token.id())).expiresAt()).isBetween(basis.now().plusSeconds(3600),
                Instant.now().plusSeconds(3600));
    }

    @ParameterizedTest
    @ValueSource(strings = { "PT1H", "PT-1H" })
    void sessionIsCreatedAtTheTimeOfTheDatabase(Duration wrong) {
        mislead(wrong);
        SessionToken other = SessionToken.generate(new SecureRandom());
        Created created = await(store.create(other.id(), new NewSession(other.hash(), SessionData.empty(), HOUR)));
        assertThat(created.now()).isBetween(basis.now(), Instant.now());
        assertThat(created.now().getNano() % 1_000_000).as("parts of a millisecond").isZero();
    }

    @Test
    void usualUpdateIsNeverRefusedForItsTime() throws Exception {
        int statements = POSTGRES.server().statements(() -> {
            for (int i = 0; i < 500; i++) {
                assertThat(await(store.update(token.id(), new SessionUpdate(basis, token.hash(), Map.of("a", "" + i), Set.of(),
                        TokenChange.KEEP, HOUR)))).isInstanceOf(UpdateResult.Updated.class);
                basis = await(store.load(token.id()));
            }
        });
        assertThat(statements).isEqualTo(1000);
    }

    private void mislead(Duration wrong) {
        store.clock().set(OffsetDateTime.ofInstant(Instant.now().plus(wrong), ZoneOffset.UTC));
    }
}
