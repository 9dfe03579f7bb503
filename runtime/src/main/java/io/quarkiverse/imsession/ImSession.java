package io.quarkiverse.imsession;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * The session of the current request.
 * <p>
 * Inject it wherever a CDI request context is active, or get it from a {@link RoutingContext}. Its data is an immutable
 * value: mutations replace the value that this request holds, on any thread, without I/O. What changed is stored before the
 * first byte of the response leaves, or earlier by {@link #commit()}. A response with a status of 500 or more discards the
 * changes that are not stored yet (unless {@code quarkus.imsession.commit-on-server-error} is set).
 * <p>
 * While the response is sent, for example as a stream, and in a WebSocket, {@link #commit()} is the only way to store a change.
 * Mutations that need a cookie throw {@link SessionCommittedException} then, and all mutations do once the response has ended.
 * Every mutation throws {@link SessionStoreException} if the session could not be loaded and
 * {@code quarkus.imsession.on-store-failure} let the request go on for reading.
 */
public interface ImSession {

    /** The longest label, in characters. */
    int MAX_LABEL_LENGTH = 128;

    /** The field of the data that holds the name of the logged-in user. */
    String PRINCIPAL = "principal";

    /**
     * The field of the data that holds the name of the user who acts for the logged-in one, by which {@link ImSessions} finds
     * the sessions in which a user acts for others; also the name of the attribute of the {@link SecurityIdentity} that has it.
     */
    String ACTED_BY = "acted_by";

    /** The longest reason of {@link #actAs}, in characters. */
    int MAX_REASON_LENGTH = 256;

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

    /**
     * The data as a record, each component the field of its name: {@code session.as(Visit.class).views()}. Without a session
     * every component has the value of a missing field. See {@link SessionData#as} for the rules.
     *
     * @throws SessionDecodingException if a field has no value of the component's type
     * @throws IllegalArgumentException if the record was not known when the application was built, see {@link SessionRecord}
     */
    default <T extends Record> T as(Class<T> type) {
        return data().as(type);
    }

    /** Whether there is a session: either it was loaded, or this request has made it. */
    boolean exists();

    /** The id of the session, or empty if there is none. It stays the same through {@link #renew()}. */
    Optional<SessionId> id();

    /** When the session was first stored, by the store's clock; empty if there is none or it is not stored yet. */
    Optional<Instant> createdAt();

    /**
     * When the user of the session was last authenticated, by the store's clock: at the last {@link #login} or
     * {@link #renew()}. An application without Quarkus Security calls {@code renew()} whenever it has verified a user. Timed
     * renewal does not count. In a request that has called either method, it is the time when this request began.
     *
     * @return empty if neither method was ever called for the session, if a change of the field {@value #PRINCIPAL} logged the
     *         user out, if somebody {@link #actAs acts} for the user, or if the session is not stored yet
     *
     * @see <a href="https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x16-V7-Session-Management.md">OWASP ASVS 5, V7.5.1</a>
     */
    Optional<Instant> authenticatedAt();

    /**
     * The name of the logged-in user, as it was passed to {@link #login}. The data has it too, in the field
     * {@value #PRINCIPAL}. Empty if no user is logged in. To remove or change that field logs the user out.
     */
    Optional<String> principal();

    /**
     * Whether the user of the session was {@link #authenticatedAt() authenticated} no longer ago than {@code within}, by the
     * store's clock and as of the beginning of this request; in a WebSocket, as of now. An application asks this before a
     * sensitive operation, and asks for the password again if the answer is false. False if no user has logged in to the
     * session, if somebody
     * {@link #actAs acts} for that user, and if there is no session. The answer says nothing about the name of the user:
     * {@link #principal()} does. If the application also uses other mechanisms of Quarkus Security, the identity of the
     * request may be a different user than the one in the session: {@link FreshlyAuthenticated} checks both.
     *
     * @throws IllegalArgumentException if {@code within} is negative
     */
    boolean isFresh(Duration within);

    /**
     * When the session ends if it is not used again, by the store's clock and as of the beginning of this request; empty if
     * there is no session or it is not stored yet.
     */
    Optional<Instant> expiresAt();

    /**
     * Replaces the data, and makes a session if there is none. Only fields that differ from what this request sees are sent
     * to the store: changes that parallel requests make to different fields are all kept, and data that equals the stored
     * data is no change. If parallel requests set the same field, the last one wins; use {@link #update(UnaryOperator)} for a
     * value that depends on the value before.
     *
     * @throws SessionTooLargeException if the data is larger than {@code quarkus.imsession.max-size}, or has more than
     *         {@value SessionData#MAX_FIELDS} fields; nothing is changed then
     * @throws IllegalArgumentException if a field cannot be stored, see {@link SessionData#with(String, Object)}, or the value
     *         of an indexed field is no {@link Reference}; nothing is changed then
     */
    void set(SessionData data);

    /**
     * Replaces the data by what {@code change} makes of it, and makes a session if there is none and the result differs from
     * {@link SessionData#empty()}.
     * <p>
     * This is a transaction: no update is lost. If another request has meanwhile changed a field that the function has read,
     * the function is called again when the change is stored, with the data as it is then, and {@link #data()} of this request
     * does not show that unless {@link #commit()} stores it. Requests that use different fields do not disturb each other. If
     * others change what the function reads 16 times in a row or for ten seconds, or if the function throws then, nothing is
     * stored but what was committed before, and the client gets status 409, see {@link SessionConflictException}. A store of
     * the application may not support this, see {@link io.quarkiverse.imsession.spi.SessionStore#isTransactional()}.
     *
     * @param change a function that depends on nothing but its argument, has no side effects and does not block; it may be
     *        called several times, on any thread
     * @throws SessionTooLargeException if the data is larger than {@code quarkus.imsession.max-size}, or has more than
     *         {@value SessionData#MAX_FIELDS} fields; nothing is changed then
     * @throws IllegalArgumentException if a field cannot be stored, see {@link SessionData#with(String, Object)}, or the value
     *         of an indexed field is no {@link Reference}; nothing is changed then
     */
    void update(UnaryOperator<SessionData> change);

    /**
     * Sets the fields that are components of a record and leaves all others as they are, and makes a session if there is none.
     * See {@link SessionData#with(Record)} for the rules. To replace all data, call
     * {@link #set set}{@code (SessionData.of(view))}.
     *
     * @throws SessionTooLargeException if the data is larger than {@code quarkus.imsession.max-size}; nothing is changed then
     * @throws IllegalArgumentException if the record was not known when the application was built, see {@link SessionRecord}
     */
    default void merge(Record view) {
        update(data -> data.with(view));
        if (!exists()) {
            set(SessionData.empty());
        }
    }

    /**
     * Changes the fields whose components get another value, as in
     * {@code session.update(Visit.class, v -> new Visit(v.user(), v.views() + 1))}. See {@link SessionData#update} for the
     * rules, and {@link #update(UnaryOperator)}. The function counts as reading all components of the record.
     *
     * @param change a function that depends on nothing but its argument, has no side effects and does not block; it may be
     *        called several times, on any thread
     * @throws SessionTooLargeException if the data is larger than {@code quarkus.imsession.max-size}; nothing is changed then
     * @throws IllegalArgumentException if the record was not known when the application was built, see {@link SessionRecord}
     */
    default <T extends Record> void update(Class<T> type, UnaryOperator<T> change) {
        update(data -> data.update(type, change));
    }

    /**
     * Logs a user in, with the name and the roles of an identity; its credentials, permissions and attributes are not kept. See
     * {@link #login(String, Set)}.
     *
     * @throws IllegalArgumentException if the identity is anonymous, or its name is not allowed
     * @throws IllegalStateException if {@code quarkus.imsession.security.enabled} is false
     */
    void login(SecurityIdentity identity);

    /**
     * Logs a user in: later requests of the session have a {@link SecurityIdentity} with that name and these roles, until
     * {@link #destroy()}. Gives the session a new token, and makes a session if there is none. A session in which no user was
     * logged in keeps its data. A session of another user is ended, and a new one is made. The identity of the current request
     * does not change.
     * <p>
     * The name is kept in the field {@value #PRINCIPAL}, by which {@link ImSessions} finds the sessions of a user. The roles
     * are kept apart from the data, so no change of the data can grant a role.
     *
     * @param principal a name that is not blank, of up to 256 characters unless {@code
     *        quarkus.imsession.references.principal.indexed} is false
     * @throws IllegalArgumentException if the name is not allowed, or a role is no valid Unicode
     * @throws SessionTooLargeException if the session would be larger than {@code quarkus.imsession.max-size}; nothing is
     *         changed then
     * @throws IllegalStateException if {@code quarkus.imsession.security.enabled} is false
     */
    void login(String principal, Set<String> roles);

    /**
     * Lets the user of this session act for another one, with the name and the roles of an identity. See
     * {@link #actAs(String, Set, String)}.
     *
     * @throws IllegalArgumentException if the identity is anonymous, or its name or the reason is not allowed
     */
    void actAs(SecurityIdentity user, String reason);

    /**
     * Lets the user of this session, such as one of the support staff, act for another user: the session becomes one in which
     * that user is logged in, as far as the application sees it. It gets a new token, loses its data, flash values and label,
     * and keeps its id. Later requests have a {@link SecurityIdentity} with that name and these roles, and with the attribute
     * {@value #ACTED_BY}; {@link #actor()} is the user who acts. The identity of the current request does not change.
     * <p>
     * The session ends at {@link #endActing()}, at a log-in, when the sessions of either user are ended by
     * {@link ImSessions}, and after {@code quarkus.imsession.acting.timeout}, however much it is used. The user who acts then
     * has to log in again. While somebody acts, {@link #isFresh} is false and {@link #authenticatedAt()} empty.
     * <p>
     * It is for the application to decide for whom a user may act. Whoever acts for an administrator is one.
     *
     * @param user the name of the user, as for {@link #login(String, Set)}
     * @param roles the roles of the user
     * @param reason why, for {@link SessionEvent.ActingBegan}: one line of up to {@value #MAX_REASON_LENGTH} characters
     * @throws io.quarkus.security.UnauthorizedException if nobody is logged in to this session
     * @throws io.quarkus.security.ForbiddenException if the user of this session has none of the roles that {@code
     *         quarkus.imsession.acting.roles} names, acts for somebody already, or is the same user; if the other user has a
     *         role that {@code forbidden-roles} names; and if the request has another user than its session
     * @throws IllegalArgumentException if the name or the reason is not allowed, or a role is no valid Unicode
     * @throws IllegalStateException if {@code quarkus.imsession.acting.roles} is not set, or this session is not stored yet
     */
    void actAs(String user, Set<String> roles, String reason);

    /**
     * Ends the session if somebody {@link #actAs acts} in it for its user; the client then has no session. Else nothing
     * happens.
     */
    void endActing();

    /**
     * The name of the user who acts for the logged-in one, see {@link #actAs(String, Set, String)}; empty if nobody does.
     */
    Optional<String> actor();

    /**
     * Ends the session and removes the client's token. Nothing can bring it back, not even a request in flight. Without a
     * session nothing happens. A later {@link #set} in the same request makes a new session with a new id.
     */
    void destroy();

    /**
     * Gives the session a new token and keeps its id and data. Call it when privileges change, for example at log-in. The old
     * token becomes invalid at once, also for requests in flight, and {@link #authenticatedAt()} becomes the time of this
     * request. Without a session this applies to the session that this request makes, if any.
     *
     * @see <a href="https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x16-V7-Session-Management.md">OWASP ASVS 5, V7.2.4</a>
     */
    void renew();

    /**
     * Whether this request has proved that it comes from the device to which its session is bound. False if there is no
     * session, and if it is not bound: by default no session is (see {@code quarkus.imsession.device-bound.enabled}), some
     * browsers cannot bind one, and those that can need some seconds after the log-in. In a WebSocket, it tells of the
     * handshake.
     */
    boolean deviceBound();

    /** Starts the lifetime of the session anew, even if nothing changes. Without a session nothing happens. */
    void touch();

    /**
     * Gives this session another lifetime than {@code quarkus.imsession.timeout}, from now on and for all later requests, for
     * example for "remember me". Without a session this applies to the session that this request makes, if any.
     *
     * @param timeout how long the session lives after its last use, rounded down to milliseconds; at least one second and at
     *        most 36,525 days
     * @throws IllegalArgumentException if {@code timeout} is shorter or longer than that
     */
    void touch(Duration timeout);

    /**
     * Gives the session a label for its user, such as "Ada's phone". A page of devices reads it from
     * {@link SessionInfo#client()}. Without a session this applies to the session that this request makes, if any.
     *
     * @param label up to {@value #MAX_LABEL_LENGTH} characters; empty to remove it
     * @throws IllegalArgumentException if the label is longer, or no valid Unicode: it has half of a surrogate pair
     */
    void label(String label);

    /**
     * The label of the session, with the changes of this request; empty if the session has no label, or if there is no session.
     */
    Optional<String> label();

    /** Values for the next page, such as a notice that is shown once after a redirect. */
    Flash flash();

    /** The CSRF tokens of this session, which protect its forms and scripts against cross-site request forgery. */
    Csrf csrf();

    /**
     * Stores now what was changed before this call, and gives the session as it is stored by that, which {@link #data()} shows
     * too, with later changes. So an endpoint can answer with a number that no other request gets:
     *
     * <pre>
     * session.update(data -&gt; data.with("ticket", data.get("ticket", Integer.class).orElse(0) + 1));
     * return session.commit().map(data -&gt; data.get("ticket", Integer.class).orElseThrow());
     * </pre>
     *
     * May be called any number of times in a request, also while the response is sent and in a WebSocket; but then a change
     * that needs a cookie, such as a new session or {@link #renew()}, has been refused. A response of any status keeps what
     * was stored. A new token is sent with the response. Without a change to store, the session is loaded anew.
     * <p>
     * If this fails, the changes that it had to store are dropped.
     *
     * @return the data as it is stored; nothing happens before the subscription, which is the call that counts. Fails with
     *         {@link SessionConflictException}, {@link SessionLimitException} or {@link SessionStoreException} if nothing was
     *         stored by this call, and with the exception of a function given to {@link #update(UnaryOperator)} if that fails
     *         on the data that another request has stored
     */
    Uni<SessionData> commit();

    /**
     * Like {@link #commit()}, but waits for the store.
     *
     * @throws IllegalStateException if it is called on an event loop
     */
    SessionData commitAndAwait();
}
