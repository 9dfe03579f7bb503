package io.quarkiverse.imsession.it.demo;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.SessionPage;

/** What users do with their sessions. It waits for the store. */
@Singleton
final class Devices {

    /** How many are shown at the most. */
    static final int SHOWN = 100;

    private final ImSession session;
    private final ImSessions sessions;

    Devices(ImSession session, ImSessions sessions) {
        this.session = session;
        this.sessions = sessions;
    }

    SessionPage list(String user) {
        return sessions.list(ImSession.PRINCIPAL, user, SHOWN);
    }

    /** Names the device of this request. */
    void name(String name) {
        session.label(name);
    }

    /** False if the user has no such session. */
    boolean end(String user, SessionId id) {
        if (session.id().filter(id::equals).isPresent()) {
            session.destroy();
            return true;
        }
        // Ids are no secrets: without this check anybody who has seen one could end that session.
        return sessions.get(id).filter(found -> isOf(user, found)).isPresent() && sessions.destroy(id);
    }

    /** Ends all sessions of the user but that of this request, and tells how many. */
    long endOthers(String user) {
        return sessions.destroyOthers(ImSession.PRINCIPAL, user, session.id().orElseThrow());
    }

    /** Ends all sessions of the user, and tells how many. */
    long endAll(String user) {
        long ended = sessions.destroyAll(ImSession.PRINCIPAL, user);
        // It has ended already; this takes the cookie away.
        session.destroy();
        return ended;
    }

    private static boolean isOf(String user, SessionInfo session) {
        return session.data().get(ImSession.PRINCIPAL, String.class).filter(user::equals).isPresent();
    }
}
