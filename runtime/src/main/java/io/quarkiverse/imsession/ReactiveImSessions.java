package io.quarkiverse.imsession;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.mutiny.Uni;

/**
 * All sessions, by id and by the fields of {@code quarkus.imsession.references}: for "log out everywhere", for a page of
 * devices, and
 * for administration. Inject it, or its blocking face {@link ImSessions}.
 * <p>
 * Nothing happens before a returned {@link Uni} is subscribed to. Each fails with {@link SessionStoreException} if the store
 * cannot
 * do it. What is changed here is seen by the next request of the session; a request under way keeps what it has loaded, and its
 * own
 * changes are merged per field. Changes of the current request's session belong in {@link ImSession}.
 */
public interface ReactiveImSessions {

    /** The largest page, in sessions. */
    int MAX_PAGE_SIZE = 1000;

    /** A session, or empty if there is none. */
    Uni<Optional<SessionInfo>> get(SessionId id);

    /**
     * The first page of the sessions whose field has a value, in no particular order. Each has that value at the time it is
     * read.
     *
     * @param field a field of {@code quarkus.imsession.references}
     * @param value a string, number, boolean, UUID or enum; a number and its text are the same
     * @param size how many sessions a page has at the most, 1 to {@value #MAX_PAGE_SIZE}
     * @throws IllegalArgumentException if the field is none of the references, the value no scalar, or the size out of range
     */
    Uni<SessionPage> list(String field, Object value, int size);

    /**
     * A later page. A session that is there all the time is found on one of the pages, whatever comes and goes meanwhile; one
     * that is
     * used meanwhile may be found twice.
     *
     * @param next what the page before told
     * @throws IllegalArgumentException as above, or if {@code next} is not what a page told
     */
    Uni<SessionPage> list(String field, Object value, int size, String next);

    /** How many sessions have a value. It looks at each of them. */
    Uni<Long> count(String field, Object value);

    /**
     * Sets some fields of a session and leaves the others. Its lifetime goes on.
     *
     * @return false if there is no such session
     * @throws SessionTooLargeException if the session would be larger than {@code quarkus.imsession.max-size}
     * @throws SessionLimitException if a changed reference has as many sessions as its {@code max-sessions} allows
     */
    Uni<Boolean> update(SessionId id, SessionData fields);

    /** Removes some fields of a session. Its lifetime goes on. False if there is no such session. */
    Uni<Boolean> unset(SessionId id, String... fields);

    /** Starts the lifetime of a session anew. False if there is no such session. */
    Uni<Boolean> touch(SessionId id);

    /** Gives a session a lifetime of its own, as {@link ImSession#touch(Duration)} does. False if there is no such session. */
    Uni<Boolean> touch(SessionId id, Duration timeout);

    /** Ends a session. False if there was none. */
    Uni<Boolean> destroy(SessionId id);

    /**
     * Ends all sessions whose field has a value. A session that is stored while this runs survives only if it was created after
     * the
     * call.
     *
     * @return how many were ended
     */
    Uni<Long> destroyAll(String field, Object value);

    /** Like {@link #destroyAll}, but for one: "log out everywhere else". */
    Uni<Long> destroyOthers(String field, Object value, SessionId kept);

    /** The Redis key of a session: for those who look with redis-cli. */
    String getKey(SessionId id);

    /** The Redis key of the sorted set of the sessions whose field has a value. */
    String getReferenceKey(String field, Object value);
}
