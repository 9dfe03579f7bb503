package io.quarkiverse.imsession;

import io.quarkiverse.imsession.SessionEvent.Refused.Reason;

/**
 * The store could not do what it was asked: it is unreachable, too slow or broken. "No such session" is not an error of a
 * store.
 */
public final class SessionStoreException extends RequestRefusedException {

    private static final long serialVersionUID = 1L;

    /** @param message what could not be done; without any token or session data */
    public SessionStoreException(String message) {
        super(message, null);
    }

    /**
     * @param message what could not be done; without any token or session data
     * @param cause why
     */
    public SessionStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Always {@link Reason#STORE}. */
    @Override
    public Reason reason() {
        return Reason.STORE;
    }
}
