package io.quarkiverse.imsession.runtime.postgresql.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.postgresql.client.Deadline;
import io.quarkiverse.imsession.runtime.postgresql.client.PgClock;
import io.quarkiverse.imsession.runtime.postgresql.client.PgConnections;
import io.quarkiverse.imsession.runtime.postgresql.client.Sql;
import io.quarkiverse.imsession.runtime.postgresql.session.PgSessions;
import io.quarkiverse.imsession.runtime.postgresql.session.SessionDocument;
import io.quarkiverse.imsession.runtime.postgresql.session.SessionRow;
import io.quarkiverse.imsession.runtime.postgresql.session.Statements;
import io.quarkiverse.imsession.runtime.store.ForeignCursorException;
import io.quarkiverse.imsession.runtime.store.References;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Scan;
import io.quarkiverse.imsession.spi.StoredSession;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Finds sessions, page by page in the order of their ids. A page is one range of an index, however many sessions there are. */
public final class PgFinder {

    private static final String PAGE = "SELECT {now}, pg_is_in_recovery(), p.id, {columns}, {data} FROM (SELECT 1) one"
            + " LEFT JOIN ({ids}) p ON true LEFT JOIN {S} s ON s.id = p.id AND s.token <> '' AND s.{living} ORDER BY p.id";
    private static final String OF_VALUE = "SELECT session_id id FROM {R} WHERE field = $1 AND value = $2 AND session_id > $3"
            + " ORDER BY session_id LIMIT $4";
    private static final String OF_ALL = "SELECT id FROM {S} WHERE id > $1 ORDER BY id LIMIT $2";

    private final PgConnections connections;
    private final PgClock clock;
    private final String find;
    private final String findSome;
    private final String findAll;

    public PgFinder(PgConnections connections, PgClock clock, Statements statements) {
        this.connections = connections;
        this.clock = clock;
        String ofValue = PAGE.replace("{ids}", OF_VALUE);
        this.find = statements.sql(ofValue.replace("{data}", Statements.data(null)));
        // The sessions of a page may be gone.
        this.findSome = statements.sql(
                ofValue.replace("{data}", "CASE WHEN s.id IS NULL THEN NULL ELSE " + Statements.data("$5") + " END"));
        this.findAll = statements.sql(PAGE.replace("{ids}", OF_ALL).replace("{data}", Statements.data(null)));
    }

    /** @throws ForeignCursorException if {@code after} comes from no page */
    public CompletionStage<Page> find(Reference reference, @Nullable String after, int limit, @Nullable Set<String> fields) {
        String begin = begin(after);
        Deadline deadline = connections.deadline();
        Predicate<StoredSession> wanted = session -> References.has(session.data(), reference);
        if (fields == null) {
            return read(new Sql(find, args(reference, begin, limit)), limit, deadline, wanted);
        }
        Set<String> needed = References.with(reference, fields);
        Sql some = new Sql(findSome, args(reference, begin, limit).addValue(PgSessions.names(needed)));
        return PgSessions.whole(read(some, limit, deadline, wanted),
                () -> read(new Sql(find, args(reference, begin, limit)), limit, deadline, wanted)
                        .thenApply(page -> page.withOnly(needed)));
    }

    private static Tuple args(Reference reference, String begin, int limit) {
        return Tuple.of(SessionDocument.storable(reference.field()), SessionDocument.storable(reference.value()), begin,
                limit + 1L);
    }

    /** @throws ForeignCursorException if {@code after} comes from no page */
    public CompletionStage<Page> findAll(@Nullable String after, int limit) {
        return read(new Sql(findAll, Tuple.of(begin(after), limit + 1L)), limit, connections.deadline(), session -> true);
    }

    private static String begin(@Nullable String after) {
        return after == null ? "" : SessionId.tryParse(after).orElseThrow(ForeignCursorException::new).value();
    }

    /** Reads a page ahead: the next one is asked for before this one is worked on. */
    public Scan scan(Reference reference, int limit, @Nullable Set<String> fields) {
        return new Scan() {

            private @Nullable CompletionStage<Page> ahead;

            @Override
            public CompletionStage<Page> next() {
                CompletionStage<Page> page = ahead != null ? ahead : find(reference, null, limit, fields);
                return page.thenApply(read -> {
                    ahead = read.next() == null ? null : find(reference, read.next(), limit, fields);
                    return read;
                });
            }
        };
    }

    private CompletionStage<Page> read(Sql sql, int limit, Deadline deadline, Predicate<StoredSession> wanted) {
        return connections.read(sql, deadline, rows -> page(rows, limit, wanted));
    }

    private Page page(RowSet<Row> rows, int limit, Predicate<StoredSession> wanted) {
        List<Found> found = new ArrayList<>(Math.min(rows.size(), limit));
        String last = null;
        int visited = 0;
        Instant now = null;
        for (Row row : rows) {
            if (visited == limit) {
                return new Page(List.copyOf(found), last);
            }
            now = now == null ? clock.seen(row.getOffsetDateTime(0)) : now;
            last = row.getString(2);
            visited++;
            SessionRow read = SessionRow.read(row, 3, now);
            if (read != null && !read.session().isReplaced() && wanted.test(read.session())) {
                found.add(new Found(new SessionId(last), read.session().withoutPrivate()));
            }
        }
        return new Page(List.copyOf(found), null);
    }
}
