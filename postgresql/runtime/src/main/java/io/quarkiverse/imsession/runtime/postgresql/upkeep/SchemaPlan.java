package io.quarkiverse.imsession.runtime.postgresql.upkeep;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.imsession.runtime.postgresql.session.Tables;

/** Compares the tables as they are with the tables that sessions need. */
final class SchemaPlan {

    /** The oldest version of PostgreSQL, as {@code server_version_num} tells it. */
    private static final int OLDEST = 140_000;
    private static final int VERSION = 1;
    private static final String COMMENT = "quarkus-imsession ";
    private static final Map<String, Map<String, String>> COLUMNS = Map.of(
            "session", columns("version bigint!", "revoked bigint!", "created_at timestamp with time zone!",
                    "expires_at timestamp with time zone!", "cleanup_at timestamp with time zone!",
                    "renewed_at timestamp with time zone", "grace_ends_at timestamp with time zone", "timeout_ms bigint",
                    "indexed integer!", "previous_kind smallint!", "id text!", "token text!", "previous text", "dropped text",
                    "attributes json!", "data json!"),
            "reference", columns("session_id text!", "field text!", "value text!"),
            "claim", columns("name_hash text!", "holder text!", "ends_at timestamp with time zone!"),
            "journal", columns("number bigint!", "happened_at timestamp with time zone!", "field text!", "value text!",
                    "entry json!"));

    private final Tables tables;
    private final SchemaFile file;

    SchemaPlan(Tables tables, SchemaFile file) {
        this.tables = tables;
        this.file = file;
    }

    private static Map<String, String> columns(String... columns) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String column : columns) {
            int space = column.indexOf(' ');
            byName.put(column.substring(0, space), column.substring(space + 1));
        }
        return byName;
    }

    /** The first thing that is wrong, with the statement that mends it; empty if sessions can be kept. */
    Optional<Problem> problem(SchemaFacts facts) {
        if (facts.serverVersion() < OLDEST) {
            return problem("The server is older than PostgreSQL 14", "upgrade it", false);
        }
        if (!facts.encoding().equals("UTF8")) {
            return problem("The database has the encoding " + facts.encoding() + ", which cannot hold all texts",
                    "CREATE DATABASE … ENCODING 'UTF8'", false);
        }
        if (!facts.isolation().equals("read committed")) {
            return problem(
                    "Transactions are " + facts.isolation() + " by default, but parallel changes of a session wait for each"
                            + " other only with read committed",
                    "ALTER ROLE " + facts.role() + " SET default_transaction_isolation = 'read committed'", false);
        }
        if (facts.comment() != null && facts.comment().startsWith(COMMENT) && version(facts.comment()) > VERSION) {
            return problem("The tables are of a newer version: " + facts.comment(), "use that version of quarkus-imsession",
                    false);
        }
        if (Boolean.FALSE.equals(facts.schemaUsable())) {
            return problem("The role " + facts.role() + " lacks rights on the schema " + tables.schema(),
                    "GRANT USAGE ON SCHEMA " + tables.quotedSchema() + " TO " + facts.role(), false);
        }
        if (facts.columns().isEmpty()) {
            return problem("The tables are missing", String.join(";\n", file.all(facts.hasSchema())), true);
        }
        for (String table : new String[] { "session", "reference", "claim", "journal" }) {
            Optional<Problem> problem = problem(table, facts);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return ofIndexes(facts);
    }

    private static int version(String comment) {
        try {
            return Integer.parseInt(comment.substring(COMMENT.length()).strip());
        } catch (NumberFormatException e) {
            return VERSION;
        }
    }

    private Optional<Problem> problem(String table, SchemaFacts facts) {
        String name = name(table);
        Map<String, String> present = facts.columns().get(table);
        if (present == null) {
            return problem("The table " + name + " is missing", file.making("TABLE", tables.prefix() + table), true);
        }
        for (Map.Entry<String, String> column : COLUMNS.get(table).entrySet()) {
            String type = present.get(column.getKey());
            String wanted = column.getValue();
            if (type == null) {
                return problem("The column " + column.getKey() + " of the table " + name + " is missing",
                        "ALTER TABLE " + name + " ADD COLUMN " + column.getKey() + ' ' + wanted.replace("!", " NOT NULL"),
                        false);
            }
            if (!type.replace("!", "").equals(wanted.replace("!", ""))) {
                return problem(
                        "The column " + column.getKey() + " of the table " + name + " has another type, "
                                + type.replace("!", ""),
                        "ALTER TABLE " + name + " ALTER COLUMN " + column.getKey() + " TYPE " + wanted.replace("!", ""), false);
            }
        }
        for (Map.Entry<String, String> column : present.entrySet()) {
            if (!COLUMNS.get(table).containsKey(column.getKey()) && column.getValue().endsWith("!")
                    && !facts.defaults().contains(table + '.' + column.getKey())) {
                return problem("The column " + column.getKey() + " of the table " + name + " is unknown, and must not be null",
                        "ALTER TABLE " + name + " ALTER COLUMN " + column.getKey() + " DROP NOT NULL", false);
            }
        }
        if (!facts.rights().contains(table)) {
            return problem("The role " + facts.role() + " lacks rights on the table " + name,
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON " + name + " TO " + facts.role(), false);
        }
        return Optional.empty();
    }

    private Optional<Problem> ofIndexes(SchemaFacts facts) {
        Set<String> indexes = facts.indexes();
        if (!indexes.contains("session!(id)")) {
            return problem("The primary key of the table " + name("session") + " is missing",
                    "ALTER TABLE " + name("session") + " ADD PRIMARY KEY (id)", false);
        }
        if (!indexes.contains("session(cleanup_at)") && !indexes.contains("session!(cleanup_at)")) {
            return problem("An index of the table " + name("session") + " is missing",
                    file.making("INDEX", tables.prefix() + "session_cleanup"), true);
        }
        if (!indexes.contains("reference!(session_id,field)")) {
            return problem("The primary key of the table " + name("reference") + " is missing",
                    "ALTER TABLE " + name("reference") + " ADD PRIMARY KEY (session_id, field)", false);
        }
        if (!indexes.contains("reference!(field,value,session_id)")) {
            return problem("An index of the table " + name("reference") + " is missing",
                    file.making("INDEX", tables.prefix() + "reference_value"), true);
        }
        if (!facts.hasForeignKey()) {
            return problem("The foreign key of the table " + name("reference") + " is missing",
                    "ALTER TABLE " + name("reference") + " ADD FOREIGN KEY (session_id) REFERENCES " + name("session")
                            + " (id) ON DELETE CASCADE",
                    false);
        }
        if (!indexes.contains("claim!(name_hash)")) {
            return problem("The primary key of the table " + name("claim") + " is missing",
                    "ALTER TABLE " + name("claim") + " ADD PRIMARY KEY (name_hash)", false);
        }
        if (!indexes.contains("claim(ends_at)") && !indexes.contains("claim!(ends_at)")) {
            return problem("An index of the table " + name("claim") + " is missing",
                    file.making("INDEX", tables.prefix() + "claim_end"), true);
        }
        if (!indexes.contains("journal!(field,value,number)")) {
            return problem("The primary key of the table " + name("journal") + " is missing",
                    "ALTER TABLE " + name("journal") + " ADD PRIMARY KEY (field, value, number)", false);
        }
        if (!indexes.contains("journal(happened_at)") && !indexes.contains("journal!(happened_at)")) {
            return problem("An index of the table " + name("journal") + " is missing",
                    file.making("INDEX", tables.prefix() + "journal_time"), true);
        }
        return Optional.empty();
    }

    private String name(String table) {
        return (tables.schema() == null ? "" : tables.quotedSchema() + '.') + tables.prefix() + table;
    }

    private static Optional<Problem> problem(String what, String mend, boolean isCreatable) {
        return Optional.of(new Problem(what, mend, isCreatable));
    }

    /**
     * Something that keeps sessions from being kept.
     *
     * @param mend the statement to run
     * @param isCreatable whether the statements of the file make it
     */
    record Problem(String what, String mend, boolean isCreatable) {
    }
}
