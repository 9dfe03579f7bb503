package io.quarkiverse.imsession.runtime.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.runtime.session.SessionPolicy;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.spi.TokenState;

/** A session of 24 hours that was begun long ago, and whose lifetime was last extended at noon. */
class LastUseTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void useIsKnownAsExactlyAsItIsStored() {
        // Reads are stored when a third of the lifetime is left.
        assertThat(LastUse.of(session(null, NOON.plus(DAY), hours(30)), policy(Renewal.TOUCH, null, 0.25)))
                .isEqualTo(new LastUse(NOON, hours(18)));
        assertThat(LastUse.of(session(null, NOON.plus(DAY), hours(3)), policy(Renewal.TOUCH, null, 0.25)))
                .isEqualTo(new LastUse(NOON, hours(3)));
        assertThat(LastUse.of(session(null, NOON.plus(DAY), hours(30)), policy(Renewal.ROTATE, Duration.ofMinutes(5), 0.25)))
                .isEqualTo(new LastUse(NOON, NOON.plusSeconds(300)));
        assertThat(LastUse.of(session(null, NOON.plus(DAY), hours(20)), policy(Renewal.NONE, null, 0.25)))
                .isEqualTo(new LastUse(NOON, hours(20)));
    }

    @Test
    void sessionWithALifetimeOfItsOwnIsKnownByThat() {
        assertThat(LastUse.of(session(Duration.ofHours(4), hours(4), hours(4)), policy(Renewal.TOUCH, null, 0.25)))
                .isEqualTo(new LastUse(NOON, hours(3)));
    }

    @Test
    void tokenIsProofOfUseWhereTheLifetimeTellsLess() {
        // An absolute timeout let it end sooner.
        StoredSession session = session(null, NOON.plus(Duration.ofHours(2)), hours(1));
        assertThat(LastUse.of(session, policy(Renewal.TOUCH, null, 0.25)).after()).isEqualTo(session.tokenTime());
    }

    @Test
    void useIsNeverInTheFuture() {
        LastUse used = LastUse.of(session(null, NOON.plus(DAY), NOON.minusSeconds(5)), policy(Renewal.TOUCH, null, 0.25));
        assertThat(used).isEqualTo(new LastUse(NOON.minusSeconds(5), NOON.minusSeconds(5)));
    }

    private static Instant hours(int after) {
        return NOON.plus(Duration.ofHours(after));
    }

    private static StoredSession session(@Nullable Duration own, Instant expires, Instant now) {
        return new StoredSession(TokenState.only(TokenHash.NOBODYS), SessionData.empty(), Map.of(), 1,
                NOON.minus(Duration.ofDays(3)), NOON.minus(Duration.ofHours(20)), expires, own, now);
    }

    private static SessionPolicy policy(Renewal renewal, @Nullable Duration touch, double threshold) {
        return new SessionPolicy(DAY, null, renewal, null, threshold, Duration.ofSeconds(10), false, touch, 65536, false,
                OnStoreFailure.FAIL, Set.of(), true);
    }
}
