package io.quarkiverse.imsession;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.vertx.ext.web.RoutingContext;

/**
 * The session of the current request.
 * <p>
 * Inject it wherever a CDI request context is active, or get it from a {@link RoutingContext}. Its data is an immutable value:
 * mutations replace the value that this request holds, on any thread, without I/O. What changed is stored before the first byte
 * of the response leaves. A response with a status of 500 or more discards the changes (unless
 * {@code quarkus.imsession.commit-on-server-error} is set).
 * <p>
 * Every mutation throws {@link SessionCommittedException} once the response has begun, and {@link SessionStoreException} if the
 * session could not be loaded and {@code quarkus.imsession.on-store-failure} let the request go on for reading.
 */
public interface ImSession {

    /** The longest label, in characters. */
    int MAX_LABEL_LENGTH = 128;

    /**
     * The session of a routing context: for plain Vert.x routes, where no CDI request context is active.
     *
     * @throws IllegalStateException if the request's path is outside of {@code quarkus.imsession.include-paths} or inside of
     *         {@code exclude-paths}, or if sessions are disabled
     */
    static ImSession of(RoutingContext context) {
        ImSession session = context.get(ImSession.class.getName());
        if (session == null) {
            throw new IllegalStateException("This request has no session: its path is excluded (see"
                    + " quarkus.imsession.include-paths and quarkus.imsession.exclude-paths; static resources and Quarkus' own"
                    + " endpoints are excluded by default), or quarkus.imsession.enabled is false");
        }
        return session;
    }

    /** The data as this request sees it; {@link SessionData#empty() empty} if there is no session. */
    SessionData data();

    /** Whether there is a session: one that was loaded, or one that this request made with {@link #set} or {@link #update}. */
    boolean exists();

    /** The name of the session, or empty if there is none. It stays the same through {@link #renewId()}. */
    Optional<SessionId> id();

    /** When the session was first stored, by the store's clock; empty if there is none or it is not stored yet. */
    Optional<Instant> created();

    /**
     * When the session last got a token on the wish of the application, by the store's clock: at the last {@link #renewId()},
     * or else at its creation. An application that calls {@code renewId()} whenever it has verified a user learns here when
     * that was. Timed renewal does not count. In a request that has called {@code renewId()} it is the beginning of this
     * request; empty if there is no session or it is not stored yet.
     *
     * @see <a href="https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x16-V7-Session-Management.md">OWASP ASVS 5, V7.5.1</a>
     */
    Optional<Instant> authenticated();

    /**
     * Whether the session was {@link #authenticated() authenticated} no longer ago than that, by the store's clock and as
     * of the beginning of this request: to ask for the password again before something that matters. True for a session
     * that this request made, false if there is none. It tells nothing of who the user is: ask the data too.
     */
    boolean isFresh(Duration within);

    /**
     * When the session ends if it is not used again, by the store's clock and as of the beginning of this request; empty
     * if there is none or it is not stored yet.
     */
    Optional<Instant> expires();

    /**
     * Replaces the data, and makes a session if there is none. Only fields that differ from what was loaded are sent to
     * the store: parallel requests that change different fields both survive, and data equal to the stored is no change.
     *
     * @throws SessionTooLargeException if the data is larger than {@code quarkus.imsession.max-size}; nothing is changed then
     */
    void set(SessionData data);

    /**
     * Replaces the data by what {@code change} makes of it, and makes a session if there is none and the result differs from
     * {@link SessionData#empty()}.
     *
     * @param change a function without side effects; it may be called again if another thread changes the session meanwhile
     * @throws SessionTooLargeException if the data is larger than {@code quarkus.imsession.max-size}; nothing is changed then
     */
    void update(UnaryOperator<SessionData> change);

    /**
     * Ends the session and removes the client's token. Nothing can bring it back, also no request in flight. Without a session
     * nothing happens. A later {@link #set} in the same request makes a new session with a new id.
     */
    void destroy();

    /**
     * Gives the session a new token and keeps id and data: to be called when privileges change, as at log-in. The old
     * token is dead at once, also for requests in flight. Without a session nothing happens; a session made by this
     * request is new anyway.
     *
     * @see <a href="https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x16-V7-Session-Management.md">OWASP ASVS 5, V7.2.4</a>
     */
    void renewId();

    /** Starts the lifetime of the session anew, even if nothing changes. Without a session nothing happens. */
    void touch();

    /**
     * Gives the session a lifetime of its own instead of {@code quarkus.imsession.timeout}, from now on and for all later
     * requests: for "remember me". Without a session it applies to the one that this request makes, if any.
     *
     * @param timeout how long the session lives after its last use; at least one second and at most 36,525 days, rounded down to
     *        milliseconds
     * @throws IllegalArgumentException if {@code timeout} is shorter or longer than that
     */
    void touch(Duration timeout);

    /**
     * Names the session for its user, as in "Ada's phone": for a page of devices, where {@link SessionInfo#client()} shows it.
     * Without a session it applies to the one that this request makes, if any.
     *
     * @param label up to {@value #MAX_LABEL_LENGTH} characters; empty to remove it
     * @throws IllegalArgumentException if it is longer
     */
    void label(String label);

    /** The tokens that protect forms and scripts of this session against cross-site request forgery. */
    Csrf csrf();
}
