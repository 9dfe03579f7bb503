package io.quarkiverse.imsession.runtime.postgresql.client;

import java.util.Set;

/** The state of PostgreSQL that made a call fail, as the cause of its exception. */
public final class SqlState extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Set<String> OF_JSON = Set.of("22P02", "22P05", "22021");

    private final String state;

    SqlState(String state) {
        super("SQLSTATE " + state, null, false, false);
        this.state = state;
    }

    /** Whether a document has text that PostgreSQL holds, but cannot look into. */
    public static boolean isOfJson(Throwable failure) {
        return failure.getCause() instanceof SqlState cause && OF_JSON.contains(cause.state);
    }
}
