package io.quarkiverse.imsession.runtime.postgresql.client;

import java.util.Map;

import io.quarkiverse.imsession.SessionException;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.log.Failures;
import io.vertx.pgclient.PgException;

/** Classifies the errors of PostgreSQL and its client. No text of theirs is repeated, as it may contain data or passwords. */
final class PgErrors {

    /** The states that an operator or developer has to know. */
    private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("25006", "read_only_sql_transaction"),
            Map.entry("28P01", "invalid_password"), Map.entry("28000", "invalid_authorization_specification"),
            Map.entry("3D000", "invalid_catalog_name"), Map.entry("42P01", "undefined_table"),
            Map.entry("42703", "undefined_column"), Map.entry("42501", "insufficient_privilege"),
            Map.entry("3F000", "invalid_schema_name"), Map.entry("40001", "serialization_failure"),
            Map.entry("40P01", "deadlock_detected"), Map.entry("53100", "disk_full"), Map.entry("53200", "out_of_memory"),
            Map.entry("53300", "too_many_connections"), Map.entry("55P03", "lock_not_available"),
            Map.entry("57014", "query_canceled"), Map.entry("57P01", "admin_shutdown"),
            Map.entry("57P02", "crash_shutdown"), Map.entry("57P03", "cannot_connect_now"), Map.entry("58030", "io_error"),
            Map.entry("26000", "invalid_sql_statement_name"), Map.entry("42P05", "duplicate_prepared_statement"));

    /** A standby has answered, which may be behind. */
    static final SessionStoreException STANDBY = new SessionStoreException(
            "PostgreSQL is read-only: a standby has answered, and no primary");

    private PgErrors() {
    }

    /** The kind of a failure of a statement that was given to the client. */
    static Kind kind(Throwable failure) {
        if (failure == STANDBY) {
            return Kind.ELSEWHERE;
        }
        if (failure instanceof PgException error) {
            return kind(String.valueOf(error.getSqlState()));
        }
        String message = String.valueOf(failure.getMessage());
        return message.startsWith("Connection is not active now") || message.startsWith("Pending requests failed to be sent")
                ? Kind.NOT_SENT
                : Kind.LOST;
    }

    private static Kind kind(String state) {
        return switch (state) {
            case "40001", "40P01" -> Kind.AGAIN;
            case "25006", "42P01" -> Kind.ELSEWHERE;
            case "26000", "42P05", "0A000" -> Kind.UNPREPARED;
            default -> state.startsWith("08") || state.startsWith("57P") ? Kind.LOST : Kind.ANSWER;
        };
    }

    static SessionStoreException unreachable(Throwable failure) {
        if (failure instanceof PgException error) {
            String credentials = String.valueOf(error.getSqlState()).startsWith("28")
                    ? ", see username and password of the datasource"
                    : "";
            return new SessionStoreException(
                    "PostgreSQL cannot be reached: it answered with the error " + name(error) + credentials,
                    new SqlState(String.valueOf(error.getSqlState())));
        }
        return new SessionStoreException(
                "PostgreSQL cannot be reached" + Failures.at(failure) + ": " + Failures.describe(failure),
                Failures.withoutForeignMessages(failure));
    }

    static RuntimeException asStoreException(Throwable failure) {
        if (failure instanceof SessionException known) {
            return known;
        }
        if (!(failure instanceof PgException error)) {
            return new SessionStoreException("The connection to PostgreSQL was lost", Failures.withoutForeignMessages(failure));
        }
        String answered = "PostgreSQL answered with the error " + name(error);
        return new SessionStoreException(switch (String.valueOf(error.getSqlState())) {
            case "25006" -> "PostgreSQL is read-only: " + answered;
            case "57014", "55P03" -> "PostgreSQL took too long: " + answered;
            case "42P01", "42703", "42501", "3F000" -> answered + ", see quarkus.imsession.postgresql.schema";
            case "26000", "42P05", "0A000" ->
                answered + ": behind a proxy that shares connections, set quarkus.datasource.reactive.postgresql.use-layer7-proxy";
            case "22021", "22P02", "22P05" -> "A session could not be stored as JSON: " + answered;
            default -> answered;
        }, new SqlState(String.valueOf(error.getSqlState())));
    }

    private static String name(PgException error) {
        String state = String.valueOf(error.getSqlState());
        String name = NAMES.get(state);
        return name == null ? state : state + " " + name;
    }

    /** What can be done after a failure. */
    enum Kind {
        /** The server answered with an error, and has changed nothing. */
        ANSWER,
        /** The statement failed because of another one, and can be sent again. */
        AGAIN,
        /**
         * The server may not be written, or does not have the tables, as a standby that is far behind: another connection may
         * lead to another server.
         */
        ELSEWHERE,
        /** The server does not know what the connection has prepared. */
        UNPREPARED,
        /** The connection was closed before the statement was sent. */
        NOT_SENT,
        /** The connection was lost: the server may or may not have run the statement. */
        LOST
    }
}
