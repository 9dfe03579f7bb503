package io.quarkiverse.imsession.runtime.admin;

import java.time.Duration;
import java.util.Set;

import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.SessionEvents;
import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkiverse.imsession.runtime.session.SessionPolicy;
import io.quarkiverse.imsession.runtime.session.UpdateTurns;
import io.quarkiverse.imsession.spi.SessionStore;

/** Access to all sessions of a store, for tests in other packages. */
public final class AdministrationAccess {

    private AdministrationAccess() {
    }

    public static ReactiveImSessions of(SessionStore store, Duration timeout, Set<String> references) {
        SessionPolicy policy = new SessionPolicy(timeout, null, Renewal.ROTATE, null, 0.33, Duration.ofSeconds(10), false, null,
                100_000, false, OnStoreFailure.FAIL, references, false);
        return new SessionAdministration(new GuardedStore(store, SessionMetrics.NONE), new UpdateTurns(), policy,
                SessionEvents.NONE,
                references);
    }
}
