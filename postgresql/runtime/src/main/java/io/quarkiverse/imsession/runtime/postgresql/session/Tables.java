package io.quarkiverse.imsession.runtime.postgresql.session;

import org.jspecify.annotations.Nullable;

/**
 * The names of the tables, as SQL writes them.
 *
 * @param schema the schema, or null to find the tables by the {@code search_path}
 * @param prefix the beginning of the names of tables and indexes
 */
public record Tables(@Nullable String schema, String prefix) {

    /** The table of sessions. */
    public String sessions() {
        return qualified("session");
    }

    /** The table of references. */
    public String references() {
        return qualified("reference");
    }

    private String qualified(String name) {
        String table = '"' + prefix + name + '"';
        return schema == null ? table : '"' + schema + "\"." + table;
    }
}
