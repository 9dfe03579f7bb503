package io.quarkiverse.imsession.runtime.postgresql.upkeep;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.postgresql.client.Sql;
import io.quarkiverse.imsession.runtime.postgresql.session.Tables;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * What the database tells of the tables.
 *
 * @param role the name of the role, as SQL writes it
 * @param schemaUsable whether the role may use the schema; null if there is no such schema, or none is set
 * @param columns the types of the columns by table and name, with an exclamation mark if they are not null; no entry for a
 *        table that is missing
 * @param defaults the columns that have a default, with their tables
 * @param indexes tables with the columns of an index, with an exclamation mark after the table if it is unique
 * @param hasForeignKey whether references go with their session
 * @param rights the tables on which the role has all rights that it needs
 */
record SchemaFacts(int serverVersion, String encoding, String isolation, String role, @Nullable Boolean schemaUsable,
        @Nullable String comment, Map<String, Map<String, String>> columns, Set<String> defaults, Set<String> indexes,
        boolean hasForeignKey,
        Set<String> rights) {

    private static final String USABLE = "SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = $4::text";
    /** Without rights on the schema, it is an error to ask for a table in it. */
    private static final String TABLES = "(VALUES ('session', %1$s), ('reference', %2$s), ('claim', %3$s), ('journal', %4$s)) t(n, c)"
            .formatted(table("$1"), table("$2"), table("$3"), table("$5"));
    private static final String QUERY = """
            SELECT statement_timestamp(), pg_is_in_recovery(), current_setting('server_version_num')::int,
             current_setting('server_encoding'), current_setting('default_transaction_isolation'), quote_ident(current_user),
             (%4$s), obj_description(%2$s, 'pg_class'),
             ARRAY(SELECT t.n || ' ' || attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN '!' ELSE '' END
              FROM %1$s JOIN pg_attribute ON attrelid = t.c WHERE attnum > 0 AND NOT attisdropped),
             ARRAY(SELECT t.n || '.' || attname FROM %1$s JOIN pg_attribute ON attrelid = t.c WHERE atthasdef),
             ARRAY(SELECT t.n || CASE WHEN i.indisunique THEN '!(' ELSE '(' END || (SELECT coalesce(string_agg(a.attname::text, ',' ORDER BY k.o), '')
               FROM unnest(i.indkey) WITH ORDINALITY k(num, o) JOIN pg_attribute a ON a.attrelid = t.c AND a.attnum = k.num) || ')'
              FROM %1$s JOIN pg_index i ON i.indrelid = t.c WHERE i.indisvalid AND i.indpred IS NULL),
             EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = %3$s AND confrelid = %2$s
              AND contype = 'f' AND confdeltype = 'c' AND convalidated),
             ARRAY(SELECT t.n FROM %1$s WHERE t.c IS NOT NULL AND has_table_privilege(t.c, 'SELECT')
              AND has_table_privilege(t.c, 'INSERT') AND has_table_privilege(t.c, 'UPDATE') AND has_table_privilege(t.c, 'DELETE'))
            """
            .formatted(TABLES, table("$1"), table("$2"), USABLE);

    boolean hasSchema() {
        return schemaUsable != null;
    }

    private static String table(String name) {
        return "to_regclass(CASE WHEN (" + USABLE + ") IS NOT FALSE THEN " + name + "::text END)";
    }

    static Sql query(Tables tables) {
        return new Sql(QUERY, Tuple.of(tables.sessions(), tables.references(), tables.claims(), tables.schema(),
                tables.journals()));
    }

    static SchemaFacts read(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        Map<String, Map<String, String>> columns = new HashMap<>();
        for (String column : row.getArrayOfStrings(8)) {
            String[] words = column.split(" ", 3);
            columns.computeIfAbsent(words[0], table -> new LinkedHashMap<>()).put(words[1], words[2]);
        }
        return new SchemaFacts(row.getInteger(2), row.getString(3), row.getString(4), row.getString(5), row.getBoolean(6),
                row.getString(7), columns, set(row, 9), set(row, 10), row.getBoolean(11), set(row, 12));
    }

    private static Set<String> set(Row row, int column) {
        return new HashSet<>(List.of(row.getArrayOfStrings(column)));
    }
}
