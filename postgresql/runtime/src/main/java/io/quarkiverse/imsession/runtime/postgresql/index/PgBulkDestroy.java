package io.quarkiverse.imsession.runtime.postgresql.index;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.postgresql.client.PgConnections;
import io.quarkiverse.imsession.runtime.postgresql.client.Sql;
import io.quarkiverse.imsession.runtime.postgresql.session.SessionDocument;
import io.quarkiverse.imsession.runtime.postgresql.session.Statements;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * Ends many sessions, page by page. A statement that ends several sessions waits for none: it leaves out those that a change
 * holds at that moment. Statements of their own end these, one by one.
 */
public final class PgBulkDestroy {

    private static final int PAGE_SIZE = 256;

    /**
     * {@code $1} the last id of the page before, {@code $2} the kept id, {@code $3} the time of the call or null, {@code $4}
     * size.
     */
    private static final String PAGE = """
            WITH p AS MATERIALIZED ({ids}),
            l AS MATERIALIZED (SELECT s.id FROM {S} s JOIN p ON s.id = p.id WHERE s.id <> $2 AND s.created_at <= {until}
             AND s.token <> '' AND s.{living} FOR UPDATE OF s SKIP LOCKED),
            d AS (DELETE FROM {S} s USING l WHERE s.id = l.id RETURNING s.id)
            SELECT p.id, d.id IS NOT NULL, EXISTS (SELECT 1 FROM {S} s WHERE s.id = p.id AND s.id <> $2 AND s.created_at <= {until}
             AND s.token <> '' AND s.{living}), {now}{tell d.id 0} FROM p LEFT JOIN d ON d.id = p.id ORDER BY p.id
            """;
    private static final String UNTIL = "COALESCE($3::timestamptz, {now})";
    private static final String OF_VALUE = "SELECT session_id id FROM {R} WHERE session_id > $1 AND field = $5 AND value = $6"
            + " ORDER BY session_id LIMIT $4";
    private static final String OF_ALL = "SELECT id FROM {S} WHERE id > $1 ORDER BY id LIMIT $4";

    private final PgConnections connections;
    private final String ofValue;
    private final String ofAll;
    private final String one;

    public PgBulkDestroy(PgConnections connections, Statements statements) {
        this.connections = connections;
        this.ofValue = statements.sql(PAGE.replace("{ids}", OF_VALUE).replace("{until}", UNTIL));
        this.ofAll = statements.sql(PAGE.replace("{ids}", OF_ALL).replace("{until}", UNTIL));
        this.one = statements.sql(Statements.delete("id = $1 AND created_at <= $2 AND token <> '' AND {living}"));
    }

    /**
     * Ends the sessions of a reference, but those that were created after this call.
     *
     * @param reference null for all sessions
     * @param kept the id of a session to keep, or null
     * @param ended gets the id of each session that was ended
     * @return how many were ended
     */
    public CompletionStage<Long> destroyAll(@Nullable Reference reference, @Nullable SessionId kept,
            Consumer<SessionId> ended) {
        return new Run(reference, kept == null ? "" : kept.value(), ended).page("", null);
    }

    private final class Run {

        private final @Nullable Reference reference;
        private final String kept;
        private final Consumer<SessionId> ended;
        private long count;

        Run(@Nullable Reference reference, String kept, Consumer<SessionId> ended) {
            this.reference = reference;
            this.kept = kept;
            this.ended = ended;
        }

        /**
         * @param after the last id of the page before, or an empty text
         * @param begin the time of the first page, by the database's clock; null for the first page itself
         */
        CompletionStage<Long> page(String after, @Nullable OffsetDateTime begin) {
            Tuple args = Tuple.of(after, kept, begin, PAGE_SIZE);
            if (reference != null) {
                args.addValue(SessionDocument.storable(reference.field()))
                        .addValue(SessionDocument.storable(reference.value()));
            }
            return connections.change(new Sql(reference == null ? ofAll : ofValue, args), connections.deadline(), this::read)
                    .thenCompose(page -> {
                        OffsetDateTime since = begin != null ? begin : page.now();
                        page.ended.forEach(this::tell);
                        return one(page.held, 0, since).thenCompose(
                                none -> page.last == null ? Stages.done(count) : page(page.last, since));
                    });
        }

        private void tell(SessionId id) {
            count++;
            ended.accept(id);
        }

        private Done read(RowSet<Row> rows) {
            List<SessionId> gone = new ArrayList<>();
            List<SessionId> held = new ArrayList<>();
            String last = null;
            OffsetDateTime now = null;
            for (Row row : rows) {
                last = row.getString(0);
                now = row.getOffsetDateTime(3);
                if (row.getBoolean(1)) {
                    gone.add(new SessionId(last));
                } else if (row.getBoolean(2)) {
                    held.add(new SessionId(last));
                }
            }
            return new Done(gone, held, rows.size() < PAGE_SIZE ? null : last, now);
        }

        /** Ends sessions one by one. */
        private CompletionStage<@Nullable Void> one(List<SessionId> held, int index, @Nullable OffsetDateTime since) {
            if (index == held.size()) {
                return Stages.done(null);
            }
            SessionId id = held.get(index);
            return connections
                    .change(new Sql(one, Tuple.of(id.value(), since)), connections.deadline(), RowSet::rowCount)
                    .thenCompose(rows -> {
                        if (rows > 0) {
                            tell(id);
                        }
                        return one(held, index + 1, since);
                    });
        }
    }

    /**
     * What a page has done.
     *
     * @param ended the sessions that it has ended
     * @param held the sessions that others were changing
     * @param last the last id of the page; null if no other page follows
     * @param now the time of the page; null if it is empty
     */
    private record Done(List<SessionId> ended, List<SessionId> held, @Nullable String last, @Nullable OffsetDateTime now) {
    }
}
