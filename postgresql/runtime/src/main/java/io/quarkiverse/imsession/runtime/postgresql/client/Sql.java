package io.quarkiverse.imsession.runtime.postgresql.client;

import org.jspecify.annotations.Nullable;

import io.vertx.sqlclient.Tuple;

/**
 * A statement and its parameters.
 *
 * @param text the statement; the client prepares texts of fewer than 2048 characters once for each connection
 * @param args null for statements, divided by semicolons, that are not prepared, and are one transaction
 */
public record Sql(String text, @Nullable Tuple args) {

    /** The client prepares a longer text anew each time. */
    public static final int LONGEST = 2047;
}
