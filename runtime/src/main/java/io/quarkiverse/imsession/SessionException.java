package io.quarkiverse.imsession;

/**
 * Something a session could not do. Messages name the field, type or setting to mend, and never hold a token, a cookie
 * or session data.
 */
public abstract sealed class SessionException extends RuntimeException
        permits SessionEncodingException, SessionDecodingException, SessionTooLargeException, SessionLimitException,
        SessionCommittedException, SessionStoreException {

    private static final long serialVersionUID = 1L;

    SessionException(String message) {
        super(message);
    }

    SessionException(String message, Throwable cause) {
        super(message, cause);
    }
}
