package io.quarkiverse.imsession.testing;

import java.time.Instant;
import java.util.HashMap;
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
    private volatile @Nullable String bound;

    /** @param bound the bound cookie; null if the session is bound to no device */
    TestSession(TestSessions sessions, TokenCarrier carrier, String token, @Nullable String bound) {
        this.sessions = sessions;
        this.carrier = carrier;
        receive(token);
        this.bound = bound;
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
     * them. If the session is bound to a device, a request with this cookie alone is that of a thief: it has no session.
     */
    public SessionCookie cookie() {
        return new SessionCookie(sessions.cookieName(), token());
    }

    /**
     * The headers that give a request of any client the session, with any resolver of the application; with the bound cookie if
     * the session is bound to a device.
     */
    public Map<String, String> headers() {
        Map<String, String> own = carrier.headers(token());
        String cookie = bound;
        if (cookie == null) {
            return own;
        }
        Map<String, String> all = new HashMap<>(own);
        all.merge("Cookie", sessions.boundCookieName() + '=' + cookie, (first, second) -> first + "; " + second);
        return all;
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
        return token == null ? Optional.empty() : session().id().flatMap(sessions::find);
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
        return sessions.load(token(), bound);
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
        if (received.isEmpty() || ids.add(id())) {
            // A bound cookie is that of one session.
            bound = null;
        }
    }

    /** The id without the secret. */
    @Override
    public String toString() {
        return "TestSession[" + (hasToken() ? id() : "none") + "]";
    }
}
