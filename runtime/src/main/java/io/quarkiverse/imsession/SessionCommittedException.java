package io.quarkiverse.imsession;

/**
 * The session was changed after the response had begun. The change is refused, as it could not reach the store before
 * the client sees the response.
 */
public final class SessionCommittedException extends SessionException {

    private static final long serialVersionUID = 1L;

    /** @param operation the refused method of {@link ImSession} */
    public SessionCommittedException(String operation) {
        super("ImSession." + operation + "() was called after the first byte of the response was written. Change the session"
                + " before the response begins: before the first item of a stream, the first write or flush, or end()");
    }
}
