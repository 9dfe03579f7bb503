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

    /** Whether the client still has a token. A response may have removed it, for example that of a log-out. */
    public boolean hasToken() {
        return token != null;
    }

    /**
     * The token of the client.
     *
     * @throws IllegalStateException if the client no longer has one
     */
    public String token() {
        String current = token;
        if (current == null) {
            throw new IllegalStateException("This client has no session any more: a response removed its token");
        }
        return current;
    }

    /** The id of the session. */
    public SessionId id() {
        return new SessionId(token().substring(0, SessionId.LENGTH));
    }

    /**
     * The session cookie, to be set on a request. New tokens in responses are not followed then; {@link #filter()} follows
     * them.
     */
    public SessionCookie cookie() {
        return new SessionCookie(sessions.cookieName(), token());
    }

    /** The headers that give a request of any client the session, with any resolver of the application. */
    public Map<String, String> headers() {
        return carrier.headers(token());
    }

    /** A token for forms and scripts of this session, see {@link io.quarkiverse.imsession.Csrf#token()}. */
    public String csrfToken() {
        return session().csrf().token();
    }

    /**
     * A filter of REST Assured that gives requests to the application the session, and follows new tokens in responses, as with
     * {@link WithSession}: {@code given().filter(session.filter())}. It can be used for one or more requests.
     */
    public Filter filter() {
        return SessionRequestFilter.ofOne(this, sessions);
    }

    /** The session as the store holds it now; empty if it has ended. */
    public Optional<SessionInfo> stored() {
        String current = token;
        return current == null ? Optional.empty() : sessions.find(current);
    }

    /** The fields that the store holds now; {@link SessionData#empty() empty} if the session has ended. */
    public SessionData data() {
        return stored().map(SessionInfo::data).orElse(SessionData.empty());
    }

    /** The name of the logged-in user, see {@link ImSession#principal()}; empty if there is none. */
    public Optional<String> principal() {
        return token == null ? Optional.empty() : session().principal();
    }

    /** The time when the user was last authenticated, see {@link ImSession#authenticatedAt()}. */
    public Optional<Instant> authenticatedAt() {
        return token == null ? Optional.empty() : session().authenticatedAt();
    }

    /** Ends the session, as an administrator would. False if it had already ended. */
    public boolean destroy() {
        String current = token;
        return current != null && sessions.destroy(id());
    }

    /** The session as a request of this client would see it now. */
    ImSession session() {
        return sessions.load(token());
    }

    TokenCarrier carrier() {
        return carrier;
    }

    /** The ids of all sessions that the client has had. */
    Set<SessionId> ids() {
        return ids;
    }

    /** Sets the token that a response has handed out; empty to forget the token. */
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
