package io.quarkiverse.imsession.runtime.postgresql.session;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.codec.JsonText;
import io.quarkiverse.imsession.runtime.postgresql.client.PgConnections;
import io.quarkiverse.imsession.runtime.postgresql.client.Sql;
import io.quarkiverse.imsession.spi.JournalStore.Limits;
import io.quarkiverse.imsession.spi.JournalStore.StoredEntry;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * The journals of users, an entry in a row. Each operation is one statement, by the database's clock. Clean-up removes old
 * entries.
 */
public final class PgJournals {

    /**
     * The new entry replaces those that would be too many. The statement does not see the entries of parallel statements, which
     * leave some more: the next one removes them, and nobody reads them.
     */
    private static final String APPEND = """
            WITH d AS (DELETE FROM {J} WHERE field = $1 AND value = $2 AND number <= (
             SELECT number FROM {J} WHERE field = $1 AND value = $2 ORDER BY number DESC OFFSET $4::int - 1 LIMIT 1))
            INSERT INTO {J} (happened_at, field, value, entry) VALUES (date_trunc('milliseconds', {now}), $1, $2, $3::text::json)
            """;
    private static final String READ = """
            SELECT {now}, pg_is_in_recovery(), j.happened_at, j.entry::text FROM (SELECT 1) one LEFT JOIN (
             SELECT number, happened_at, entry FROM {J} WHERE field = $1 AND value = $2
              AND happened_at >= {now} - $4::bigint * interval '1 ms' ORDER BY number DESC LIMIT $3::int) j ON true
            ORDER BY j.number DESC
            """;
    private static final String ERASE = "DELETE FROM {J} WHERE field = $1 AND value = $2";

    private final PgConnections connections;
    private final String append;
    private final String read;
    private final String erase;

    public PgJournals(PgConnections connections, Statements statements) {
        this.connections = connections;
        this.append = statements.sql(APPEND);
        this.read = statements.sql(READ);
        this.erase = statements.sql(ERASE);
    }

    public CompletionStage<@Nullable Void> append(Reference reference, Map<String, String> entry, Limits limits) {
        Map<String, String> storable = new LinkedHashMap<>();
        entry.forEach((name, text) -> storable.put(name, SessionDocument.storable(text)));
        Tuple args = of(reference).addValue(JsonText.writeObject(storable)).addValue(limits.maxEntries());
        return connections.change(new Sql(append, args), connections.deadline(), rows -> null);
    }

    public CompletionStage<List<StoredEntry>> read(Reference reference, int most, Limits limits) {
        Tuple args = of(reference).addValue(Math.min(most, limits.maxEntries())).addValue(limits.maxAge().toMillis());
        return connections.read(new Sql(read, args), connections.deadline(), PgJournals::kept);
    }

    public CompletionStage<Boolean> erase(Reference reference) {
        return connections.change(new Sql(erase, of(reference)), connections.deadline(), rows -> rows.rowCount() > 0);
    }

    private static Tuple of(Reference reference) {
        return Tuple.of(SessionDocument.storable(reference.field()), SessionDocument.storable(reference.value()));
    }

    private static List<StoredEntry> kept(RowSet<Row> rows) {
        List<StoredEntry> kept = new ArrayList<>(rows.size());
        for (Row row : rows) {
            OffsetDateTime time = row.getOffsetDateTime(2);
            if (time != null) {
                kept.add(new StoredEntry(time.toInstant(), texts(row.getString(3))));
            }
        }
        return kept;
    }

    /** Texts only, as others may have written something else. */
    private static Map<String, String> texts(String json) {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<?, ?> read = JsonText.readObject(json);
        if (read != null) {
            read.forEach((name, text) -> {
                if (text instanceof String string) {
                    texts.put(name.toString(), SessionDocument.ofStorable(string));
                }
            });
        }
        return texts;
    }
}
