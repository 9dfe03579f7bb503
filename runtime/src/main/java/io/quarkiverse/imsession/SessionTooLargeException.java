package io.quarkiverse.imsession;

/** The data passes a limit on sessions. The session keeps what it had. */
public final class SessionTooLargeException extends SessionException {

    private static final long serialVersionUID = 1L;

    /**
     * @param size the size of the refused data in bytes
     * @param limit the limit in bytes
     */
    public SessionTooLargeException(long size, long limit) {
        super("The session would take " + size + " bytes, and quarkus.imsession.max-size allows " + limit
                + ". Keep less in the session (a key instead of the object it stands for), or raise quarkus.imsession.max-size");
    }
}
