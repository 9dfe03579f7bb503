package io.quarkiverse.imsession.runtime.histories;

import java.time.Duration;
import java.time.Instant;

import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenHash;

/** Lifetimes so long that none ends while a test runs. */
final class Lifetimes {

    /** For times that nobody looks at. */
    static final Instant ANY = Instant.EPOCH;

    private static final Duration GRACE = Duration.ofHours(1);

    private Lifetimes() {
    }

    static Expiry expiry(int minutes) {
        return new Expiry(Duration.ofMinutes(minutes), null, null);
    }

    /** Applies to the current token, however new it is. */
    static TokenChange rotate(TokenHash next) {
        return new TokenChange.Rotate(next, GRACE, Duration.ZERO);
    }

    /** Does not apply: no token gets so old. */
    static TokenChange rotateLater(TokenHash next) {
        return new TokenChange.Rotate(next, GRACE, Duration.ofDays(1));
    }

    static TokenChange renew(TokenHash next) {
        return new TokenChange.Renew(next, GRACE);
    }
}
