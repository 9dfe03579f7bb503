package io.quarkiverse.imsession;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The blocking face of {@link ReactiveImSessions}: all sessions, by id and by the fields of
 * {@code quarkus.imsession.references}.
 * <p>
 * Each method waits for the store, and so must not be called on an event loop: there it throws an
 * {@link IllegalStateException}. Each throws {@link SessionStoreException} if the store cannot do it. Changes of the current
 * request's session belong in
 * {@link ImSession}.
 */
public interface ImSessions {

    /** A session, or empty if there is none. */
    Optional<SessionInfo> get(SessionId id);

    /**
     * A session with some of its fields only: the others are not even read. Empty if there is none.
     *
     * @param fields the fields to read; none is allowed
     */
    Optional<SessionInfo> get(SessionId id, Set<String> fields);

    /**
     * The first page of the sessions whose field has a value, in no particular order: {@code list(field, value,
     * PageRequest.ofSize(size))}.
     */
    SessionPage list(String field, Object value, int size);

    /**
     * A page of the sessions whose field has a value, in no particular order. Each has that value at the time it is read. A
     * session that is there all the time is found on one of the pages, whatever comes and goes meanwhile; one that is used
     * meanwhile may be found twice.
     *
     * @param field a field of {@code quarkus.imsession.references}
     * @param value a string, number, boolean, UUID or enum; a number and its text are the same
     * @throws IllegalArgumentException if the field is none of the references, the value no {@link Reference}, or the page does
     *         not
     *         begin where another one told
     * @throws IllegalStateException if the store finds no sessions by references; so do all methods below that take a field
     */
    SessionPage list(String field, Object value, PageRequest page);

    /** A page of all sessions. For administration: it goes through the store, and asks for more than a page of a reference. */
    SessionPage list(PageRequest page);

    /**
     * All sessions whose field has a value. Pages are read as they are wanted, so this also goes for a great many. The stream
     * holds nothing that must be closed. See {@link #list(String, Object, PageRequest)}.
     */
    Stream<SessionInfo> stream(String field, Object value);

    /**
     * Like {@link #stream(String, Object)}, but reads some fields only, and that by which sessions are found.
     *
     * @param fields the fields to read; none is allowed
     */
    Stream<SessionInfo> stream(String field, Object value, Set<String> fields);

    /** All sessions of the store. */
    Stream<SessionInfo> stream();

    /** How many sessions have a value. It looks at each of them, but reads none of their other fields. */
    long count(String field, Object value);

    /** How many sessions there are. It looks at each of them. */
    long count();

    /**
     * Sets some fields of a session and leaves the others. Its lifetime goes on.
     *
     * @return false if there is no such session
     * @throws IllegalArgumentException if the value of an indexed field is no {@link Reference}
     * @throws SessionTooLargeException if the session would be larger than {@code quarkus.imsession.max-size}
     * @throws SessionLimitException if a changed reference has as many sessions as its {@code max-sessions} allows
     */
    boolean update(SessionId id, SessionData fields);

    /**
     * Replaces the data of a session by what {@code change} makes of it: the session is loaded, and the fields that differ are
     * stored. Its lifetime goes on. Another change between the two is merged per field; of the same field the last writer
     * wins, so this is no transaction.
     *
     * @param change a function without side effects; it is called on the thread of the caller
     * @return false if there is no such session; true also if {@code change} makes no difference
     * @throws IllegalArgumentException if the value of an indexed field is no {@link Reference}
     * @throws SessionTooLargeException if the session would be larger than {@code quarkus.imsession.max-size}
     * @throws SessionLimitException if a changed reference has as many sessions as its {@code max-sessions} allows
     */
    boolean update(SessionId id, UnaryOperator<SessionData> change);

    /**
     * Removes some fields of a session. Its lifetime goes on. False if there is no such session.
     *
     * @throws IllegalArgumentException if a name begins with {@code @}, which is reserved
     */
    boolean unset(SessionId id, String... fields);

    /** Starts the lifetime of a session anew. False if there is no such session. */
    boolean touch(SessionId id);

    /** Gives a session a lifetime of its own, as {@link ImSession#touch(Duration)} does. False if there is no such session. */
    boolean touch(SessionId id, Duration timeout);

    /** Ends a session. False if there was none. */
    boolean destroy(SessionId id);

    /**
     * Ends all sessions that have a value at the time of the call, whatever happens to them meanwhile. A session that is
     * created after the call stays, so this comes to an end also if sessions are made all the time. One that existed
     * before and gets the value meanwhile may be ended or stay. If this fails, some may have ended: call it again.
     *
     * @return how many were ended
     */
    long destroyAll(String field, Object value);

    /** Like {@link #destroyAll(String, Object)}, but for one: "log out everywhere else". */
    long destroyOthers(String field, Object value, SessionId kept);

    /**
     * Ends all sessions of the store that exist at the time of the call, also those without any reference. A session that is
     * created after the call stays.
     *
     * @return how many were ended
     */
    long destroyEverySession();
}
