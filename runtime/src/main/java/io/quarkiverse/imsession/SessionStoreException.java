package io.quarkiverse.imsession;

import io.quarkiverse.imsession.SessionEvent.Refused.Reason;

/** The store failed: it is unreachable, too slow or broken. A session that does not exist is no failure of the store. */
public final class SessionStoreException extends RequestRefusedException {

    private static final long serialVersionUID = 1L;

    /** @param message the operation that failed; must not contain a token or session data */
    public SessionStoreException(String message) {
        super(message, null);
    }

    /**
     * @param message the operation that failed; must not contain a token or session data
     * @param cause the exception that made it fail
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
