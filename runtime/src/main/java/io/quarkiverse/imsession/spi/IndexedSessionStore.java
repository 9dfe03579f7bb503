package io.quarkiverse.imsession.spi;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;

/**
 * A store that finds sessions by the fields of {@code quarkus.imsession.references}. Its index has every living
 * session from the moment it is stored, through crashes at any point; it may have more than that, but nothing it finds
 * is dead or has another value.
 */
public interface IndexedSessionStore extends SessionStore {

    /**
     * Sessions of a reference. Each one has that value at the time it is read. A session that is there during the whole
     * listing is found at least once; one that is used meanwhile may be found again on a later page.
     *
     * @param after {@link Page#next()} of the page before, or null to begin. Anything else may be refused with
     *        {@link IllegalArgumentException}
     * @param limit how many to look at for this page, at least 1; the page may have fewer, also none, although others follow
     * @param fields the only fields that the found sessions have, besides that of the reference; null for all
     */
    CompletionStage<Page> find(Reference reference, @Nullable String after, int limit, @Nullable Set<String> fields);

    /**
     * All sessions. Each one lives at the time it is read. A session that is there during the whole listing is found at least
     * once, as long as no server of the store is restarted or replaced meanwhile; one may be found again on a later page. It
     * may take as many steps as the store has entries of any kind: it is meant for what happens seldom, such as ending
     * everything.
     *
     * @param after {@link Page#next()} of the page before, or null to begin
     * @param limit about how many to look at for this page, at least 1; the page may have fewer, also none, although others
     *        follow, and may have some more
     * @throws IllegalArgumentException if {@code after} is not of a page of this method
     */
    CompletionStage<Page> findAll(@Nullable String after, int limit);

    /**
     * The sessions of a reference, for those who want all pages: a store that reads ahead overrides it. See
     * {@link #find(Reference, String, int, Set)}.
     */
    default Scan scan(Reference reference, int limit, @Nullable Set<String> fields) {
        return new PagedScan(after -> find(reference, after, limit, fields));
    }

    /** All sessions, for those who want all pages. See {@link #findAll}. */
    default Scan scanAll(int limit) {
        return new PagedScan(after -> findAll(after, limit));
    }

    /**
     * Ends the sessions that have a value at the time of the call, whatever happens to them meanwhile, but not those that are
     * created after it. So it comes to an end, however fast new ones are made. It takes a page at a time, and holds up nobody
     * else for longer than that.
     *
     * @param kept one to leave alone, or null
     * @param ended is told the id of each that was ended, also if the whole fails later
     * @return how many were ended
     */
    CompletionStage<Long> destroyAll(Reference reference, @Nullable SessionId kept, Consumer<SessionId> ended);

    /**
     * Like {@link #destroyAll(Reference, SessionId, Consumer)}, for all sessions of the store, also those without any
     * reference.
     */
    CompletionStage<Long> destroyEverySession(Consumer<SessionId> ended);

    /**
     * Some of the sessions found.
     *
     * @param next where the next page begins, or null if this is the last one
     */
    record Page(List<Found> sessions, @Nullable String next) {

        /** This page, with some fields of each session only. */
        public Page withOnly(Set<String> fields) {
            return new Page(sessions.stream().map(found -> new Found(found.id(), found.session().withOnly(fields))).toList(),
                    next);
        }
    }

    /** A session that was found. */
    record Found(SessionId id, StoredSession session) {
    }

    /** Reads one page after the other. It holds nothing that must be closed. */
    interface Scan {

        /**
         * The next page, the last one being that without {@link Page#next()}. It must not be called after that, nor before the
         * last stage has completed.
         */
        CompletionStage<Page> next();
    }
}
