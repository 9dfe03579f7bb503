package io.quarkiverse.imsession.spi;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;

/**
 * A store that finds sessions by the fields of {@code quarkus.imsession.references}. Its index has every living session from
 * the
 * moment it is stored, through crashes at any point; it may have more than that, but nothing it finds is dead or has another
 * value.
 */
public interface IndexedSessionStore extends SessionStore {

    /**
     * Sessions of a reference. Each one has that value at the time it is read. A session that is there during the whole listing
     * is
     * found at least once; one that is used meanwhile may be found again on a later page.
     *
     * @param after {@link Page#next()} of the page before, or null to begin
     * @param limit how many to look at for this page, at least 1; the page may have fewer, also none, although others follow
     */
    CompletionStage<Page> find(Reference reference, @Nullable String after, int limit);

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
     * Some of the sessions found.
     *
     * @param next where the next page begins, or null if this is the last one
     */
    record Page(List<Found> sessions, @Nullable String next) {
    }

    /** A session that was found. */
    record Found(SessionId id, StoredSession session) {
    }
}
