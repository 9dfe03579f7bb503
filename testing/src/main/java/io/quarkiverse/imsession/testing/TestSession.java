package io.quarkiverse.imsession.testing;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.restassured.filter.Filter;

/** A client with a session that a test made. */
public final class TestSession {

    private final TestSessions sessions;
    private final TokenCarrier carrier;
    private final Set<SessionId> ids = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String token;

    TestSession(TestSessions sessions, TokenCarrier carrier, String token) {
        this.sessions = sessions;
        this.carrier = carrier;
        receive(token);
    }

    /** Whether the client still has a token: a response, as that of a log-out, may have removed it. */
    public boolean hasToken() {
        return token != null;
    }

    /**
     * The token.
     *
     * @throws IllegalStateException if the client has none any more
     */
    public String token() {
        String current = token;
        if (current == null) {
            throw new IllegalStateException("This client has no session any more: a response removed its token");
        }
        return current;
    }

    /** The name of the session. */
    public SessionId id() {
        return new SessionId(token().substring(0, SessionId.LENGTH));
    }

    /** The session cookie. What the responses of such requests say is not followed; {@link #filter()} does that. */
    public SessionCookie cookie() {
        return new SessionCookie(sessions.cookieName(), token());
    }

    /** The headers with which a request of any client has the session, whatever the application's resolver is. */
    public Map<String, String> headers() {
        return carrier.headers(token());
    }

    /** A token for forms and scripts of this session, see {@link io.quarkiverse.imsession.Csrf#token()}. */
    public String csrfToken() {
        return session().csrf().token();
    }

    /**
     * A filter of REST Assured by which requests to the application have the session and follow it, as those of
     * {@link WithSession} do: {@code given().filter(session.filter())}. It works for a single request as well as for
     * several.
     */
    public Filter filter() {
        return SessionRequestFilter.ofOne(this, sessions);
    }

    /** What the store holds now; empty if the session has ended. */
    public Optional<SessionInfo> stored() {
        String current = token;
        return current == null ? Optional.empty() : sessions.find(current);
    }

    /** The fields that the store holds now; {@link SessionData#empty() empty} if the session has ended. */
    public SessionData data() {
        return stored().map(SessionInfo::data).orElse(SessionData.empty());
    }

    /** Who is logged in, see {@link ImSession#principal()}. */
    public Optional<String> principal() {
        return token == null ? Optional.empty() : session().principal();
    }

    /** When it was authenticated, see {@link ImSession#authenticatedAt()}. */
    public Optional<Instant> authenticatedAt() {
        return token == null ? Optional.empty() : session().authenticatedAt();
    }

    /** Ends the session, as an administrator would. False if it has ended before. */
    public boolean destroy() {
        String current = token;
        return current != null && sessions.destroy(id());
    }

    /** The session as a request of this client would have it now. */
    ImSession session() {
        return sessions.load(token());
    }

    TokenCarrier carrier() {
        return carrier;
    }

    /** All sessions that the client ever had. */
    Set<SessionId> ids() {
        return ids;
    }

    /** Takes what a response handed out; empty to forget it. */
    void receive(String received) {
        token = received.isEmpty() ? null : received;
        if (!received.isEmpty()) {
            ids.add(id());
        }
    }

    /** The id without the secret. */
    @Override
    public String toString() {
        return "TestSession[" + (hasToken() ? id() : "none") + "]";
    }
}
