package io.quarkiverse.imsession.spi;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.codec.FieldName;

/**
 * A store that finds sessions by the fields of {@code quarkus.imsession.references}. Its index contains every living session
 * from the moment it is stored, even if the application or the store crashes at any point. The index may have stale entries,
 * but the methods never return a session that has ended or has another value. The sessions that they return have no attributes
 * whose names begin with {@value FieldName#PRIVATE}, which are large and secret.
 */
public interface IndexedSessionStore extends SessionStore {

    /**
     * A page of the sessions of a reference. Each session has that value at the time it is read. A session that exists during
     * the whole listing is found at least once. A session that is used meanwhile may be found again on a later page.
     *
     * @param after {@link Page#next()} of the page before, or null to begin. A store may fail with
     *        {@link IllegalArgumentException} for any other text
     * @param limit how many entries to visit for this page, at least 1; the page may have fewer sessions, even none, although
     *        other pages follow
     * @param fields the names of the fields to read, besides that of the reference; null for all fields
     */
    CompletionStage<Page> find(Reference reference, @Nullable String after, int limit, @Nullable Set<String> fields);

    /**
     * A page of all sessions. Each session exists at the time it is read. A session that exists during the whole listing is
     * found at least once, as long as no server of the store is restarted or replaced meanwhile. A session may be found again
     * on a later page. A whole listing may visit all entries of the store, of any kind, so use it rarely, for example to end
     * all sessions.
     *
     * @param after {@link Page#next()} of the page before, or null to begin
     * @param limit about how many entries to visit for this page, at least 1; the page may have some more sessions, or fewer,
     *        even none although other pages follow
     * @throws IllegalArgumentException if {@code after} does not come from a page of this method
     */
    CompletionStage<Page> findAll(@Nullable String after, int limit);

    /**
     * Reads all pages of the sessions of a reference. A store that can read ahead overrides it. See {@link #find(Reference,
     * String, int, Set)}.
     */
    default Scan scan(Reference reference, int limit, @Nullable Set<String> fields) {
        return new PagedScan(after -> find(reference, after, limit, fields));
    }

    /** Reads all pages of all sessions. See {@link #findAll}. */
    default Scan scanAll(int limit) {
        return new PagedScan(after -> findAll(after, limit));
    }

    /**
     * Ends the sessions that have a value at the time of the call, even if the value changes meanwhile. Sessions that are
     * created after the call stay, so the call completes however fast new sessions are created. It handles one page at a time,
     * and delays other operations for no longer than one page takes.
     *
     * @param kept the id of a session to keep, or null
     * @param ended gets the id of each session that was ended, even if the call fails later
     * @return how many were ended
     */
    CompletionStage<Long> destroyAll(Reference reference, @Nullable SessionId kept, Consumer<SessionId> ended);

    /**
     * Like {@link #destroyAll(Reference, SessionId, Consumer)}, for all sessions of the store, also those without any
     * reference.
     */
    CompletionStage<Long> destroyEverySession(Consumer<SessionId> ended);

    /**
     * A page of the sessions that were found.
     *
     * @param next the text to pass for the next page, or null if this is the last one
     */
    record Page(List<Found> sessions, @Nullable String next) {

        /** This page with only some fields of each session. */
        public Page withOnly(Set<String> fields) {
            return new Page(sessions.stream().map(found -> new Found(found.id(), found.session().withOnly(fields))).toList(),
                    next);
        }
    }

    /** A session that was found. */
    record Found(SessionId id, StoredSession session) {
    }

    /** Reads one page after the other. It need not be closed. */
    interface Scan {

        /**
         * The next page. The last page has no {@link Page#next()}. Do not call this after the last page, nor before the stage
         * of the previous call has completed.
         */
        CompletionStage<Page> next();
    }
}
