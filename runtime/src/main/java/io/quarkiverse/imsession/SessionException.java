package io.quarkiverse.imsession;

import org.jspecify.annotations.Nullable;

/**
 * The base of all exceptions of sessions. Messages name the field, type or setting to correct, and never contain a token, a
 * cookie or session data.
 */
public abstract sealed class SessionException extends RuntimeException
        permits SessionEncodingException, SessionDecodingException, SessionTooLargeException, SessionCommittedException,
        RequestRefusedException {

    private static final long serialVersionUID = 1L;

    SessionException(String message) {
        super(message);
    }

    SessionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    SessionException(String message, @Nullable Throwable cause, boolean stackTrace) {
        super(message, cause, true, stackTrace);
    }
}
