package io.quarkiverse.imsession.runtime.websockets;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.runtime.http.SessionFilter;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;

/** Checks nothing, but hands the session of the handshake over to the connection. */
@Singleton
public class SessionUpgradeCheck implements HttpUpgradeCheck {

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        ImSession session = SessionFilter.sessionOf(context.httpRequest());
        // Not the current one: another check may have gone on anywhere.
        Context place = SessionFilter.contextOf(context.httpRequest());
        if (session != null && place != null) {
            Handshake.keep(session, place, context.userData());
        }
        return CheckResult.permitUpgrade();
    }
}
