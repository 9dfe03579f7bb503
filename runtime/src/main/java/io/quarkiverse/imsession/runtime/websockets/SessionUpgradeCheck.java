package io.quarkiverse.imsession.runtime.websockets;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.runtime.http.SessionFilter;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;

/** Passes the session of the handshake to the connection. It refuses no handshake. */
@Singleton
public class SessionUpgradeCheck implements HttpUpgradeCheck {

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        RequestSession session = SessionFilter.sessionOf(context.httpRequest());
        // The current context is not used, as an earlier check may have completed on another one.
        Context place = SessionFilter.contextOf(context.httpRequest());
        if (session != null && place != null) {
            Handshake.keep(session, place, context.userData());
        }
        return CheckResult.permitUpgrade();
    }
}
