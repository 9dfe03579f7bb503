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
    private static final Duration WHEN_LEFT = Duration.ofMinutes(30);

    private Lifetimes() {
    }

    static Expiry expiry(int minutes) {
        return new Expiry(Duration.ofMinutes(minutes), null, null);
    }

    static TokenChange rotate(TokenHash next) {
        return new TokenChange.Rotate(next, GRACE, WHEN_LEFT);
    }
}
