package io.quarkiverse.imsession.runtime.postgresql.client;

import java.util.Set;

/** The state of PostgreSQL that made a call fail, as the cause of its exception. */
public final class SqlState extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Set<String> OF_JSON = Set.of("22P02", "22P05", "22021", "22023");

    private static final String STARTING = "57P03";
    private static final String NO_RIGHTS = "42501";

    private final String state;

    SqlState(String state) {
        super("SQLSTATE " + state, null, false, false);
        this.state = state;
    }

    /** Whether the server is starting, or recovers. */
    public static boolean isStarting(Throwable failure) {
        return failure.getCause() instanceof SqlState cause && cause.state.equals(STARTING);
    }

    /** Whether the role lacks a right. */
    public static boolean isOfRights(Throwable failure) {
        return failure.getCause() instanceof SqlState cause && cause.state.equals(NO_RIGHTS);
    }

    /** Whether PostgreSQL holds a document, but cannot look into it: for what it has of text, or as it is no object. */
    public static boolean isOfJson(Throwable failure) {
        return failure.getCause() instanceof SqlState cause && OF_JSON.contains(cause.state);
    }
}
