package io.quarkiverse.imsession.runtime.postgresql.session;

import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.codec.Sha256;
import io.quarkiverse.imsession.runtime.postgresql.client.PgConnections;
import io.quarkiverse.imsession.runtime.postgresql.client.Sql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * Names that are reserved for a time, each in a row, under its hash, as an index cannot hold long names. Each operation is one
 * statement, by the database's clock. Clean-up removes those whose time is over.
 */
public final class PgClaims {

    /**
     * The row is written in any case: a statement that has waited for it could not read who has it now, as it sees the table as
     * it was before.
     */
    private static final String CLAIM = """
            INSERT INTO {C} AS c (name_hash, holder, ends_at) VALUES ($1, $2, {now} + $3::bigint * interval '1 ms')
             ON CONFLICT (name_hash) DO UPDATE SET
              holder = CASE WHEN c.ends_at <= {now} THEN EXCLUDED.holder ELSE c.holder END,
              ends_at = CASE WHEN c.ends_at <= {now} OR c.holder = EXCLUDED.holder THEN EXCLUDED.ends_at ELSE c.ends_at END
             RETURNING holder
            """;
    private static final String HOLDER = "SELECT {now}, pg_is_in_recovery(), holder FROM (SELECT 1) one"
            + " LEFT JOIN {C} ON name_hash = $1 AND ends_at > {now}";
    private static final String RELEASE = "DELETE FROM {C} WHERE name_hash = $1 AND holder = $2 AND ends_at > {now}";

    private final PgConnections connections;
    private final String claim;
    private final String holder;
    private final String release;

    public PgClaims(PgConnections connections, Statements statements) {
        this.connections = connections;
        this.claim = statements.sql(CLAIM);
        this.holder = statements.sql(HOLDER);
        this.release = statements.sql(RELEASE);
    }

    /** The present holder of a name that is reserved now, unless another holder has it. */
    public CompletionStage<String> claim(String name, String holder, Duration atMost) {
        Tuple args = Tuple.of(hash(name), SessionDocument.storable(holder), Math.max(1, atMost.toMillis()));
        return connections.change(new Sql(claim, args), connections.deadline(),
                rows -> SessionDocument.ofStorable(rows.iterator().next().getString(0)));
    }

    public CompletionStage<@Nullable String> holder(String name) {
        return connections.read(new Sql(holder, Tuple.of(hash(name))), connections.deadline(), PgClaims::present);
    }

    private static @Nullable String present(RowSet<Row> rows) {
        String present = rows.iterator().next().getString(2);
        return present == null ? null : SessionDocument.ofStorable(present);
    }

    /** True if the holder had the name. */
    public CompletionStage<Boolean> release(String name, String holder) {
        Tuple args = Tuple.of(hash(name), SessionDocument.storable(holder));
        return connections.change(new Sql(release, args), connections.deadline(), rows -> rows.rowCount() > 0);
    }

    private static String hash(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.hash(name));
    }
}
