package io.quarkiverse.imsession;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * All sessions, by id and by the fields of {@code quarkus.imsession.references}: for "log out everywhere", for a page
 * of devices, and for administration. Inject it, or its blocking face {@link ImSessions}.
 * <p>
 * Nothing happens before a returned {@link Uni} or {@link Multi} is subscribed to. Each fails with
 * {@link SessionStoreException} if the store cannot do it. What is changed here is seen by the next request of the
 * session; a request under way keeps what it has loaded, and its own changes are merged per field. Changes of the
 * current request's session belong in {@link ImSession}.
 */
public interface ReactiveImSessions {

    /** The largest page, in sessions. */
    int MAX_PAGE_SIZE = 1000;

    /** A session, or empty if there is none. */
    Uni<Optional<SessionInfo>> get(SessionId id);

    /**
     * A session with some of its fields only: the others are not even read. Empty if there is none.
     *
     * @param fields the fields to read; none is allowed
     */
    Uni<Optional<SessionInfo>> get(SessionId id, Set<String> fields);

    /**
     * The first page of the sessions whose field has a value, in no particular order: {@code list(field, value,
     * PageRequest.ofSize(size))}.
     */
    Uni<SessionPage> list(String field, Object value, int size);

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
    Uni<SessionPage> list(String field, Object value, PageRequest page);

    /** A page of all sessions. For administration: it goes through the store, and asks for more than a page of a reference. */
    Uni<SessionPage> list(PageRequest page);

    /**
     * All sessions whose field has a value. Pages are read as they are wanted, by who subscribes. See
     * {@link #list(String, Object, PageRequest)}.
     */
    Multi<SessionInfo> stream(String field, Object value);

    /**
     * Like {@link #stream(String, Object)}, but reads some fields only, and that by which sessions are found.
     *
     * @param fields the fields to read; none is allowed
     */
    Multi<SessionInfo> stream(String field, Object value, Set<String> fields);

    /** All sessions of the store. */
    Multi<SessionInfo> stream();

    /** How many sessions have a value. It looks at each of them, but reads none of their other fields. */
    Uni<Long> count(String field, Object value);

    /** How many sessions there are. It looks at each of them. */
    Uni<Long> count();

    /**
     * Sets some fields of a session and leaves the others. Its lifetime goes on.
     *
     * @return false if there is no such session
     * @throws IllegalArgumentException if the value of an indexed field is no {@link Reference}
     * @throws SessionTooLargeException if the session would be larger than {@code quarkus.imsession.max-size}
     * @throws SessionLimitException if a changed reference has as many sessions as its {@code max-sessions} allows
     */
    Uni<Boolean> update(SessionId id, SessionData fields);

    /**
     * Replaces the data of a session by what {@code change} makes of it: the session is loaded, and the fields that differ are
     * stored. Its lifetime goes on. Another change between the two is merged per field; of the same field the last writer
     * wins, so this is no transaction.
     *
     * @param change a function without side effects, which does not block; it may be called on an event loop
     * @return false if there is no such session; true also if {@code change} makes no difference
     * @throws IllegalArgumentException if the value of an indexed field is no {@link Reference}
     * @throws SessionTooLargeException if the session would be larger than {@code quarkus.imsession.max-size}
     * @throws SessionLimitException if a changed reference has as many sessions as its {@code max-sessions} allows
     */
    Uni<Boolean> update(SessionId id, UnaryOperator<SessionData> change);

    /**
     * Removes some fields of a session. Its lifetime goes on. False if there is no such session.
     *
     * @throws IllegalArgumentException if a name begins with {@code @}, which is reserved
     */
    Uni<Boolean> unset(SessionId id, String... fields);

    /** Starts the lifetime of a session anew. False if there is no such session. */
    Uni<Boolean> touch(SessionId id);

    /** Gives a session a lifetime of its own, as {@link ImSession#touch(Duration)} does. False if there is no such session. */
    Uni<Boolean> touch(SessionId id, Duration timeout);

    /** Ends a session. False if there was none. */
    Uni<Boolean> destroy(SessionId id);

    /**
     * Ends all sessions that have a value at the time of the call, whatever happens to them meanwhile. A session that is
     * created after the call stays, so this comes to an end also if sessions are made all the time. One that existed
     * before and gets the value meanwhile may be ended or stay. If this fails, some may have ended: call it again.
     *
     * @return how many were ended
     */
    Uni<Long> destroyAll(String field, Object value);

    /** Like {@link #destroyAll(String, Object)}, but for one: "log out everywhere else". */
    Uni<Long> destroyOthers(String field, Object value, SessionId kept);

    /**
     * Ends all sessions of the store that exist at the time of the call, also those without any reference. A session that is
     * created after the call stays.
     *
     * @return how many were ended
     */
    Uni<Long> destroyEverySession();
}
