package io.quarkiverse.imsession;

/** The data is larger than a session may be. The session keeps the data it had. */
public final class SessionTooLargeException extends SessionException {

    private static final long serialVersionUID = 1L;

    private SessionTooLargeException(String message) {
        super(message);
    }

    /** @param fields the number of fields of the refused data */
    public static SessionTooLargeException ofFields(int fields) {
        return new SessionTooLargeException("A session has at most " + SessionData.MAX_FIELDS + " fields, this would have "
                + fields + ". Keep a map or a list in one field instead");
    }

    /**
     * @param size the size of the refused data in bytes
     * @param limit the limit in bytes
     */
    public SessionTooLargeException(long size, long limit) {
        super("The session would take " + size + " bytes, and quarkus.imsession.max-size allows " + limit
                + ". Keep less in the session (a key instead of the object it stands for), or raise quarkus.imsession.max-size");
    }
}
