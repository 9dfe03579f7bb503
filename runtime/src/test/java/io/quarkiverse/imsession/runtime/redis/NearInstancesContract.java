package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.runtime.session.NearInstance;

/** Two instances of an application that keep sessions of one Redis near, and what a test looks at. */
abstract class NearInstancesContract {

    /** Ends a test that hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    NearInstance one;
    NearInstance two;

    abstract RedisFixture<?> redis();

    @BeforeEach
    final void startInstances() {
        one = new NearInstance(redis().newStore(), events::add);
        two = new NearInstance(redis().newStore(), events::add);
        one.awaitUse();
        two.awaitUse();
    }

    @AfterEach
    final void stopInstances() {
        one.store().close();
        two.store().close();
    }

    /** The cookie of a new session. */
    final String create(int value) {
        return one.request(null, session -> session.set(SessionData.of("a", value)));
    }

    /** A cookie of another client of the same session: it does not tell the version that others have seen. */
    static String cookieOfAnother(String cookie) {
        return cookie.substring(0, cookie.lastIndexOf('.'));
    }

    /** Changes a session, again and again while Redis cannot be reached. Returns the cookie after it. */
    static String change(NearInstance instance, String cookie, int value) {
        String[] after = new String[1];
        Awaitility.await().atMost(PATIENCE).ignoreExceptionsInstanceOf(CompletionException.class)
                .pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> {
                    after[0] = instance.request(cookie, session -> session.set(SessionData.of("a", value)));
                    return after[0] != null;
                });
        return after[0];
    }

    static int value(NearInstance instance, String cookie) {
        return instance.load(cookie).data().get("a", Integer.class).orElse(-1);
    }

    /**
     * Waits until an instance sees a change of another one. A read that begins when the change is older than the bound must
     * see it.
     *
     * @param since when the change was acknowledged at the latest, by {@link System#nanoTime()}
     */
    static void awaitSeen(NearInstance instance, String cookie, int value, long since) {
        Awaitility.await().atMost(PATIENCE).ignoreExceptionsInstanceOf(CompletionException.class)
                .pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> {
                    long age = System.nanoTime() - since;
                    if (value(instance, cookie) == value) {
                        return true;
                    }
                    assertThat(Duration.ofNanos(age)).as("age of a change that is not seen")
                            .isLessThanOrEqualTo(NearInstance.MAX_SILENCE);
                    return false;
                });
    }

    /** Own changes are seen at once on both, and those of others in time. */
    final void assertOwnChangesAtOnceAndOthersInTime(String before) {
        String cookie = before;
        String other = cookieOfAnother(cookie);
        for (int i = 100; i < 120; i++) {
            two.keep(other);
            cookie = change(i % 2 == 0 ? one : two, cookie, i);
            long since = System.nanoTime();
            assertThat(value(one, cookie)).isEqualTo(i);
            assertThat(value(two, cookie)).isEqualTo(i);
            awaitSeen(two, other, i, since);
        }
    }
}
