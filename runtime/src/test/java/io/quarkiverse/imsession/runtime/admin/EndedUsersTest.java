package io.quarkiverse.imsession.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.runtime.config.SecurityConfig.QuarkusCookies;
import io.quarkiverse.imsession.runtime.session.EndedUsers;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.SessionEvents;
import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkiverse.imsession.runtime.session.SessionPolicy;
import io.quarkiverse.imsession.runtime.session.UpdateTurns;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;

/** What is noted about users whose sessions are ended. */
class EndedUsersTest {

    private static final Set<String> REFERENCES = Set.of("seat");

    private final GuardedStore store = new GuardedStore(new MemorySessionStore(1000, SessionLimits.NONE), SessionMetrics.NONE);

    private SessionAdministration administration(EndedUsers users) {
        SessionPolicy policy = new SessionPolicy(Duration.ofHours(1), null, Renewal.ROTATE, null, 0.33, Duration.ofSeconds(10),
                false, null, 100_000, false, OnStoreFailure.FAIL, REFERENCES, false);
        return new SessionAdministration(store, new UpdateTurns(), policy, SessionEvents.NONE, REFERENCES, users);
    }

    @ParameterizedTest
    @EnumSource(QuarkusCookies.class)
    void endedSessionsAreNotedUnlessCookiesAreRefused(QuarkusCookies cookies) {
        EndedUsers users = new EndedUsers(store, cookies);
        administration(users).destroyAll("seat", "1").await().indefinitely();
        assertThat(users.has("seat", "1").toCompletableFuture().join()).isEqualTo(cookies != QuarkusCookies.REFUSE);
    }

    @Test
    void logOutEverywhereOfTheTimeOfSharingCountsWhenCookiesAreTakenOver() {
        administration(new EndedUsers(store, QuarkusCookies.SHARE)).destroyAll("seat", "2").await().indefinitely();
        assertThat(new EndedUsers(store, QuarkusCookies.TAKE_OVER).has("seat", "2").toCompletableFuture().join()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(QuarkusCookies.class)
    void requestsThatAnybodyCanSendLeaveNoNote(QuarkusCookies cookies) {
        EndedUsers users = new EndedUsers(store, cookies);
        administration(users).destroyAllButCookies("seat", "1").await().indefinitely();
        assertThat(users.has("seat", "1").toCompletableFuture().join()).isFalse();
    }
}
