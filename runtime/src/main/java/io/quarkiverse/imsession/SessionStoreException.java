package io.quarkiverse.imsession;

/**
 * The store could not do what it was asked: it is unreachable, too slow or broken. "No such session" is not an error of a
 * store.
 */
public final class SessionStoreException extends SessionException {

    private static final long serialVersionUID = 1L;

    /** @param message what could not be done; without any token or session data */
    public SessionStoreException(String message) {
        super(message);
    }

    /**
     * @param message what could not be done; without any token or session data
     * @param cause why
     */
    public SessionStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
