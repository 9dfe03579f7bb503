package io.quarkiverse.imsession.runtime.postgresql.session;

import org.jspecify.annotations.Nullable;

/**
 * The names of the tables, as SQL writes them.
 *
 * @param schema the schema, or null to find the tables by the {@code search_path}
 * @param prefix the beginning of the names of tables and indexes
 */
public record Tables(@Nullable String schema, String prefix) {

    private static final int LONGEST_NAME = 63;

    /** The table of sessions. */
    public String sessions() {
        return qualified("session");
    }

    /** The table of references. */
    public String references() {
        return qualified("reference");
    }

    /** The table of claims. */
    public String claims() {
        return qualified("claim");
    }

    /** The table of journals. */
    public String journals() {
        return qualified("journal");
    }

    /** The schema. Its name may be a word of SQL. */
    public String quotedSchema() {
        return '"' + schema + '"';
    }

    /** The channel on which changes are told, at most 63 characters of ASCII. */
    public String channel() {
        String channel = "imsession:" + (schema == null ? "" : schema + '.') + prefix;
        return channel.length() <= LONGEST_NAME ? channel : "imsession:" + Integer.toHexString(channel.hashCode());
    }

    private String qualified(String name) {
        String table = '"' + prefix + name + '"';
        return schema == null ? table : quotedSchema() + '.' + table;
    }
}
