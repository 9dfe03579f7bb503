package io.quarkiverse.imsession.runtime.postgresql.session;

import org.jspecify.annotations.Nullable;

/**
 * The statements for one session. Each is atomic, and waits for no row but that of its session. All of them are for READ
 * COMMITTED: a statement that has waited for the row of a session checks its condition once more, on the row as it is then.
 * <p>
 * A part that changes or locks rows, or that is used more than once, is evaluated once.
 * <p>
 * In the templates below, <code>{S}</code> is the table of sessions, <code>{R}</code> that of references,
 * <code>{C}</code> that of claims, <code>{J}</code> that of journals, and <code>{now}</code> the time at which the statement
 * began.
 */
public final class Statements {

    private static final String COLUMNS = "version, revoked, created_at, expires_at, renewed_at, grace_ends_at, timeout_ms, indexed,"
            + " previous_kind, token, previous, dropped, attributes::text";
    private static final String NOW = "statement_timestamp()";
    private static final String LIVING = "expires_at > {now} - interval '10 s'";

    /** The fields whose values have as many sessions as they may. Four parameters: fields, values, limits, ids not to count. */
    private static final String FULL = """
            f AS (SELECT w.f FROM unnest({1}::text[], {2}::text[], {3}::int[]) w(f, v, most) WHERE (
             SELECT count(*) FROM (SELECT 1 FROM {R} r JOIN {S} s ON s.id = r.session_id WHERE r.field = w.f AND r.value = w.v
              AND r.session_id <> ALL({4}::text[]) AND s.token <> '' AND s.{living} LIMIT w.most) q) >= w.most),
            """;

    /**
     * A new session and its references. Ten parameters: the latest time to store it, id, token, lifetime, own timeout,
     * settings, attributes, data, fields, values.
     */
    private static final String INSERT = """
            n AS (INSERT INTO {S} (id, token, version, created_at, expires_at, cleanup_at, timeout_ms, indexed, attributes, data)
             SELECT {2}::text, {3}::text, 1, t, t + {4}::bigint * interval '1 ms', t + ({4}::bigint + 10000) * interval '1 ms',
              {5}::bigint, {6}::int, {7}::text::json, {8}::text::json
             FROM date_trunc('milliseconds', {now}) t WHERE {now} <= {1}::timestamptz {condition}
             ON CONFLICT (id) DO NOTHING RETURNING id, created_at, expires_at),
            r AS (INSERT INTO {R} (session_id, field, value)
             SELECT n.id, w.f, w.v FROM n, unnest({9}::text[], {10}::text[]) w(f, v))
            """;

    /** Mostly {@code cleanup_at} stays as it is, so that no index is written. A session that is to end earlier goes earlier. */
    private static final String UPDATE = """
            u AS (UPDATE {S} SET version = version + 1, token = $6, previous = $7, dropped = $8, previous_kind = $9,
              grace_ends_at = $10, revoked = $11, renewed_at = $12, expires_at = $13, cleanup_at = least(cleanup_at, $13::timestamptz + interval '10 s'), timeout_ms = $14, indexed = $17,
              data = COALESCE($15::text::json, data), attributes = COALESCE($16::text::json, attributes)
             WHERE id = $1 AND version = $2 AND token = $3 AND created_at = $4 AND {indexed} AND {living}
              AND $5 <= {now} AND {now} <= $5 + $18::bigint * interval '1 ms' {condition} RETURNING id, version),
            {moves}
            c AS (SELECT {columns}, data::text FROM {S} WHERE id = $1 AND NOT EXISTS (TABLE u)
             FOR NO KEY UPDATE)
            SELECT EXISTS (TABLE u), {now}, {full}, c.*{told u version} FROM (SELECT 1) one LEFT JOIN c ON true
            """;

    private static final String MOVES = """
            r AS (INSERT INTO {R} (session_id, field, value) SELECT $1, w.f, w.v FROM unnest($19::text[], $20::text[]) w(f, v)
             WHERE EXISTS (TABLE u) ON CONFLICT (session_id, field) DO UPDATE SET value = EXCLUDED.value),
            g AS (DELETE FROM {R} WHERE session_id = $1 AND field = ANY($21::text[]) AND EXISTS (TABLE u)),
            """;

    private static final String CREATE = "{insert} SELECT {now}, n.created_at, n.expires_at, true, {full}"
            + " FROM (SELECT 1) one LEFT JOIN n ON true";

    private static final String REPLACE = """
            o AS (SELECT id, token, previous, previous_kind k, grace_ends_at g, (token = $2 OR revoked <= $3) valid
             FROM {S} WHERE id = $1 AND {living} FOR UPDATE),
            {insert},
            p AS (UPDATE {S} s SET token = '', previous = o.token,
              dropped = CASE WHEN o.k = 2 AND o.g <= {now} THEN NULL ELSE o.previous END, previous_kind = 2,
              revoked = 9223372036854775807, version = 0, grace_ends_at = t.e, expires_at = t.e - interval '10 s', cleanup_at = t.e,
              renewed_at = NULL, timeout_ms = NULL, data = '{}', attributes = '{}'
             FROM o, (SELECT date_trunc('milliseconds', {now}) + $4::bigint * interval '1 ms' e) t
             WHERE s.id = o.id AND o.valid AND $4::bigint > 0 AND EXISTS (TABLE n){returning}),
            x AS (DELETE FROM {S} s USING o WHERE s.id = o.id AND o.valid AND $4::bigint = 0 AND EXISTS (TABLE n){returning}),
            g AS (DELETE FROM {R} r USING o WHERE r.session_id = o.id AND $4::bigint > 0 AND EXISTS (TABLE n))
            SELECT {now}, n.created_at, n.expires_at, (SELECT valid FROM o), {full}{told p 0}{told x 0} FROM (SELECT 1) one LEFT JOIN n ON true
            """;

    private static final String DESTROY_PRESENTED = """
            WITH o AS (SELECT id, (token = $2 OR revoked <= $3) valid FROM {S} WHERE id = $1 AND {living} FOR UPDATE),
            d AS (DELETE FROM {S} s USING o WHERE s.id = o.id AND o.valid RETURNING s.id)
            SELECT CASE WHEN EXISTS (TABLE d) THEN 'DESTROYED' WHEN EXISTS (TABLE o) THEN 'SUPERSEDED' ELSE 'GONE' END{told d 0}
            """;

    private final Tables tables;
    private final @Nullable String channel;

    final String load;
    final String loadSome;
    final String update;
    final String updateAndMove;
    final String updateAndMoveLimited;
    final String create;
    final String createLimited;
    final String replace;
    final String replaceLimited;
    final String destroy;
    final String destroyPresented;
    final String destroyVersion;
    final String lock;
    final String oldest;

    /**
     * @param channel the channel on which changes are told; null if they are told to nobody
     */
    public Statements(Tables tables, @Nullable String channel) {
        this.tables = tables;
        this.channel = channel;
        String load = "SELECT {now}, pg_is_in_recovery(), {columns}, {data} FROM (SELECT 1) one"
                + " LEFT JOIN {S} s ON s.id = $1 AND s.{living}";
        this.load = sql(load.replace("{data}", data(null)));
        this.loadSome = sql(load.replace("{data}", data("$2")));
        this.update = unlimited(UPDATE.replace("{indexed}", "indexed = $17").replace("{moves}", ""));
        String move = UPDATE.replace("{indexed}", "($22 OR indexed = $17)").replace("{moves}", MOVES);
        this.updateAndMove = unlimited(move);
        this.updateAndMoveLimited = limited(23, move);
        String insert = CREATE.replace("{insert}", numbered(INSERT, 1));
        this.create = unlimited(insert);
        this.createLimited = limited(11, insert);
        String replace = REPLACE.replace("{insert}", numbered(INSERT, 5).replace("{condition}",
                "AND NOT EXISTS (SELECT 1 FROM o WHERE NOT valid) {condition}"));
        this.replace = unlimited(replace);
        this.replaceLimited = limited(15, replace);
        this.destroy = sql(delete("id = $1 AND token <> '' AND {living}"));
        this.destroyPresented = sql(DESTROY_PRESENTED);
        this.destroyVersion = sql(delete("id = $1 AND version = $2 AND token = $3"));
        // Nobody else waits longer for an application whose other statements never arrive, as the network has gone.
        this.lock = "SELECT set_config('lock_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $1, true),"
                + " pg_advisory_xact_lock($2, k)::text FROM unnest($3::int[]) k";
        this.oldest = sql("SELECT {now}, pg_is_in_recovery(), ARRAY(SELECT s.id FROM {R} r JOIN {S} s ON s.id = r.session_id"
                + " WHERE r.field = $1 AND r.value = $2 AND r.session_id <> ALL($3::text[]) AND s.token <> '' AND s.{living}"
                + " ORDER BY s.created_at, s.id)");
    }

    /**
     * The document of the data of a session {@code s}.
     *
     * @param names the parameter with the names of the fields; null for all fields
     */
    public static String data(@Nullable String names) {
        return names == null ? "s.data::text"
                : "(SELECT '{' || coalesce(string_agg(to_json(key)::text || ':' || value::text, ','), '') || '}'"
                        + " FROM json_each(s.data) WHERE key = ANY(" + names + "::text[]))";
    }

    /** Ends the sessions that fulfil a condition. The number of rows is that of the sessions. */
    public static String delete(String condition) {
        return "WITH d AS (DELETE FROM {S} WHERE " + condition + " RETURNING id) SELECT id{tell d.id 0} FROM d";
    }

    /** A statement for these tables, without needless blanks: the client prepares short ones only once. */
    public String sql(String template) {
        return told(template).replace("{living}", LIVING).replace("{columns}", COLUMNS).replace("{now}", NOW)
                .replace("{S}", tables.sessions()).replace("{R}", tables.references())
                .replace("{C}", tables.claims()).replace("{J}", tables.journals()).replaceAll("\\s+", " ")
                .replaceAll(" ?([(),=<>|]+) ?", "$1").trim();
    }

    /**
     * Lets a statement tell what it changes, together with its commit: <code>{told d 0}</code> is one more column that tells
     * all ids of the part {@code d} with version 0, <code>{tell d.id 0}</code> one that tells an id of a row.
     */
    private String told(String template) {
        if (channel == null) {
            return template.replaceAll("\\{(told|tell) [^}]*}|\\{returning}", "");
        }
        String notify = "pg_notify('" + channel + "', ";
        return template.replace("{returning}", " RETURNING s.id")
                .replaceAll("\\{told (\\w+) (\\w+)}", ", (SELECT count(" + notify + "id || ' ' || $2)::text) FROM $1)")
                .replaceAll("\\{tell ([\\w.]+) (\\w+)}",
                        ", CASE WHEN $1 IS NOT NULL THEN " + notify + "$1 || ' ' || $2)::text END");
    }

    private String unlimited(String statement) {
        return sql("WITH " + statement.replace("{condition}", "").replace("{full}", "NULL::text[]"));
    }

    /** @param first the number of the first parameter of {@link #FULL} */
    private String limited(int first, String statement) {
        return sql("WITH " + numbered(FULL, first) + statement.replace("{condition}", "AND NOT EXISTS (TABLE f)")
                .replace("{full}", "ARRAY(TABLE f)"));
    }

    private static String numbered(String template, int first) {
        String numbered = template;
        for (int i = 1; i <= 10; i++) {
            numbered = numbered.replace("{" + i + "}", "$" + (first + i - 1));
        }
        return numbered;
    }
}
