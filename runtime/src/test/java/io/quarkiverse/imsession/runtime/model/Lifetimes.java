package io.quarkiverse.imsession.runtime.model;

import java.time.Duration;
import java.util.Random;

import io.quarkiverse.imsession.spi.Expiry;

/** How long sessions live. */
public record Lifetimes(Duration timeout, Duration shortOwn, Duration longOwn, Duration absolute) {

    public static final Lifetimes MIXED = new Lifetimes(Duration.ofHours(1), Duration.ofMillis(300), Duration.ofDays(30),
            Duration.ofHours(2));

    /** All of them end soon. */
    public static final Lifetimes SHORT = new Lifetimes(Duration.ofMillis(400), Duration.ofMillis(100), Duration.ofSeconds(2),
            Duration.ofSeconds(30));

    Expiry random(Random random, int percentShort) {
        int dice = random.nextInt(100);
        Duration own = dice < percentShort ? shortOwn : dice >= 85 ? longOwn : null;
        return new Expiry(timeout, own, random.nextInt(10) == 0 ? absolute : null);
    }

    Duration longest() {
        return longOwn;
    }

    /** Whether all sessions may expire during the run. */
    boolean areShort() {
        return this == SHORT;
    }
}
