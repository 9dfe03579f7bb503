package io.quarkiverse.imsession;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Finds, changes and ends any session, by its id or by a field of {@code quarkus.imsession.references}. This is the blocking
 * variant of {@link ReactiveImSessions}.
 * <p>
 * Each method waits for the store, and throws {@link IllegalStateException} if it is called on an event loop. Each method
 * throws {@link SessionStoreException} if the store cannot do what was asked. To change the session of the current request, use
 * {@link ImSession}.
 */
public interface ImSessions {

    /** A session, or empty if there is none. */
    Optional<SessionInfo> get(SessionId id);

    /**
     * A session with some of its fields only; the store does not read the others. Empty if there is none.
     *
     * @param fields the names of the fields to read; may be empty
     */
    Optional<SessionInfo> get(SessionId id, Set<String> fields);

    /**
     * The first page of the sessions whose field has a value, in no particular order: {@code list(field, value,
     * PageRequest.ofSize(size))}.
     */
    SessionPage list(String field, Object value, int size);

    /**
     * A page of the sessions whose field has a value, in no particular order. Each session has that value at the time it is
     * read. A session that exists all the time is found on one of the pages, even if others come and go meanwhile. A session
     * that is used meanwhile may be found twice.
     *
     * @param field a field of {@code quarkus.imsession.references}
     * @param value a string, number, boolean, UUID or enum; a number and its text are the same
     * @throws IllegalArgumentException if the field is none of the references, if the value is no {@link Reference}, or if the
     *         beginning of the page is no {@link SessionPage#next()} of another page
     * @throws IllegalStateException if the store cannot find sessions by references; all methods below that take a field throw
     *         it too
     */
    SessionPage list(String field, Object value, PageRequest page);

    /** A page of all sessions, for administration. It scans the store, and so costs more than a page of a reference. */
    SessionPage list(PageRequest page);

    /**
     * All sessions whose field has a value. Pages are read on demand, so there may be any number of sessions. The stream need
     * not be closed. See {@link #list(String, Object, PageRequest)}.
     */
    Stream<SessionInfo> stream(String field, Object value);

    /**
     * Like {@link #stream(String, Object)}, but reads only some fields, and the field by which the sessions are found.
     *
     * @param fields the names of the fields to read; may be empty
     */
    Stream<SessionInfo> stream(String field, Object value, Set<String> fields);

    /** All sessions of the store. */
    Stream<SessionInfo> stream();

    /** The number of sessions whose field has a value. It visits each of them, but reads no other field. */
    long count(String field, Object value);

    /** The number of all sessions. It visits each of them. */
    long count();

    /**
     * Sets some fields of a session and leaves the others as they are. The session expires when it would have expired anyway.
     *
     * @return false if there is no such session
     * @throws IllegalArgumentException if the value of an indexed field is no {@link Reference}
     * @throws SessionTooLargeException if the session would be larger than {@code quarkus.imsession.max-size}
     * @throws SessionLimitException if a changed reference has as many sessions as its {@code max-sessions} allows
     */
    boolean update(SessionId id, SessionData fields);

    /**
     * Replaces the data of a session by what {@code change} makes of it: the session is loaded, and the fields that differ
     * are stored. The session expires when it would have expired anyway. This is a transaction, as {@link ImSession#update}:
     * if others change meanwhile what the function reads, it is called again with the session as it is then.
     *
     * @param change a function that depends on nothing but its argument and has no side effects; it may be called several
     *        times, on the thread of the caller
     * @return false if there is no such session; true also if {@code change} makes no difference
     * @throws IllegalArgumentException if the value of an indexed field is no {@link Reference}
     * @throws SessionTooLargeException if the session would be larger than {@code quarkus.imsession.max-size}
     * @throws SessionLimitException if a changed reference has as many sessions as its {@code max-sessions} allows
     * @throws SessionConflictException if others change what the function reads sixteen times in a row, or for ten seconds
     * @throws IllegalStateException if it is called in such a function
     */
    boolean update(SessionId id, UnaryOperator<SessionData> change);

    /**
     * Removes some fields of a session, which expires when it would have expired anyway. False if there is no such session.
     *
     * @throws IllegalArgumentException if a name begins with {@code @}, which is reserved
     */
    boolean unset(SessionId id, String... fields);

    /** Starts the lifetime of a session anew. False if there is no such session. */
    boolean touch(SessionId id);

    /** Gives a session another lifetime, as {@link ImSession#touch(Duration)} does. False if there is no such session. */
    boolean touch(SessionId id, Duration timeout);

    /** Ends a session. False if there was none. */
    boolean destroy(SessionId id);

    /**
     * Ends all sessions whose field has a value at the time of the call, even if the value changes meanwhile. A session that is
     * created after the call stays, so the call completes even if sessions are created all the time. A session that existed
     * before and gets the value meanwhile may be ended or stay. With the field {@value ImSession#PRINCIPAL}, also ends the
     * sessions in which that user {@link ImSession#actAs acts for others}. If the call fails, some sessions may have ended:
     * call it again.
     *
     * @return how many were ended
     */
    long destroyAll(String field, Object value);

    /** Like {@link #destroyAll(String, Object)}, but keeps one session, for "log out everywhere else". */
    long destroyOthers(String field, Object value, SessionId kept);

    /**
     * Ends all sessions of the store that exist at the time of the call, also those without any reference. A session that is
     * created after the call stays.
     *
     * @return how many were ended
     */
    long destroyEverySession();

    /**
     * What happened to the sessions of a user, the newest entry first: log-ins, renewals, refused tokens and ends, as the
     * journal tells them, see {@code quarkus.imsession.journal.enabled}. The result has at most
     * {@code quarkus.imsession.journal.max-entries} entries, none of which is older than
     * {@code quarkus.imsession.journal.max-age}. It is empty if there are none.
     * <p>
     * An entry is written after what it tells of, and nothing waits for it. What happened on this instance before the call is
     * in the result; what happened on another one may come some milliseconds later. An entry that cannot be written is lost.
     *
     * @param field a field of {@code quarkus.imsession.journal.fields}
     * @param value a string, number, boolean, UUID or enum; a number and its text are the same
     * @throws IllegalArgumentException if the journal is not kept by the field, or if the value is no {@link Reference}
     * @throws IllegalStateException if the journal is switched off
     */
    List<JournalEntry> journal(String field, Object value);

    /**
     * Like {@link #journal(String, Object)}, but reads only the newest entries.
     *
     * @param most the greatest number of entries, at least 1
     */
    List<JournalEntry> journal(String field, Object value, int most);

    /**
     * Erases the journal of a user for ever. Nothing else does this before the entries are too old: not even {@link
     * #destroyAll}, as the journal tells of it. To erase a user, end the sessions first, so that none of them adds entries
     * later. This works also while the journal is switched off.
     *
     * @return whether there was any entry
     * @throws IllegalArgumentException if the value is no {@link Reference}
     * @throws IllegalStateException if the store keeps no journals
     */
    boolean eraseJournal(String field, Object value);
}
