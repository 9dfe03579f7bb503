package io.quarkiverse.imsession.it.load;

import java.time.Duration;
import java.util.stream.Stream;

import io.quarkiverse.imsession.spi.SessionStore;

/** Lifetimes so short that all that time does to a session happens soon. */
final class Lifetimes {

    static final Duration TIMEOUT = Duration.ofSeconds(4);
    static final Duration ABSOLUTE = Duration.ofSeconds(8);
    static final Duration GRACE = Duration.ofSeconds(2);
    /**
     * When the application knows, too, that a grace period is over: it knows the time of the store by the last reply, which a
     * busy
     * machine hands over late. Before a token is old enough to be renewed again.
     */
    static final Duration GRACE_SEEN = GRACE.plusMillis(600);
    /** So long that only a hold on purpose lasts longer. */
    static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(1);
    /** When nothing can be left of a session that is used no more. */
    static final Duration GONE = TIMEOUT.plus(SessionStore.EXPIRY_SLACK).plusSeconds(1);
    /** When nothing can be left of a session, however it is used. */
    static final Duration GONE_FOR_SURE = ABSOLUTE.plus(SessionStore.EXPIRY_SLACK).plusSeconds(1);

    private Lifetimes() {
    }

    /** Sessions that are only read are rotated every three seconds. */
    static String[] settings(SoakStore store) {
        return Stream.concat(store.settings().stream(), Stream.of("-Dquarkus.imsession.timeout=4S",
                "-Dquarkus.imsession.absolute-timeout=8S", "-Dquarkus.imsession.renewal.mode=rotate",
                "-Dquarkus.imsession.renewal.threshold=0.25", "-Dquarkus.imsession.renewal.grace=2S")).toArray(String[]::new);
    }
}
