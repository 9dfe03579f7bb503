package io.quarkiverse.imsession;

import io.quarkiverse.imsession.SessionEvent.Refused.Reason;

/**
 * A value of a reference has as many sessions as {@code quarkus.imsession.references."<field>".max-sessions} allows, so another
 * one was refused, and not stored.
 */
public final class SessionLimitException extends RequestRefusedException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final int maxSessions;

    /**
     * @param field the field of {@code quarkus.imsession.references} whose value has too many sessions
     * @param maxSessions the greatest number of sessions that one value of the field may have
     */
    public SessionLimitException(String field, int maxSessions) {
        super("The value of '" + field + "' has as many sessions as quarkus.imsession.references.\"" + field
                + "\".max-sessions allows (" + maxSessions
                + "). End one of them first, raise the limit, or set on-limit=destroy-oldest", null);
        this.field = field;
        this.maxSessions = maxSessions;
    }

    /** The field of {@code quarkus.imsession.references} whose value has too many sessions. */
    public String field() {
        return field;
    }

    /** The greatest number of sessions that one value of the field may have. */
    public int maxSessions() {
        return maxSessions;
    }

    /** Always {@link Reason#LIMIT}. */
    @Override
    public Reason reason() {
        return Reason.LIMIT;
    }
}
