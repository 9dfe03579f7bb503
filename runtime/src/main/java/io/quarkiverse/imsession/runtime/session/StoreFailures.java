package io.quarkiverse.imsession.runtime.session;

import io.quarkiverse.imsession.SessionException;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.log.Failures;

/** What callers are told of the failures of stores. */
public final class StoreFailures {

    private StoreFailures() {
    }

    /** What a caller may be told: that a limit was reached, or that the store failed. */
    public static SessionException asSessionException(Throwable failure) {
        return Failures.unwrap(failure) instanceof SessionLimitException limit ? limit : asStoreException(failure);
    }

    public static SessionStoreException asStoreException(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (!(cause instanceof SessionStoreException)) {
            return new SessionStoreException("The session store failed: " + Failures.describe(cause),
                    Failures.withoutForeignMessages(cause));
        }
        if (cause.getCause() == null && cause.getSuppressed().length == 0) {
            return (SessionStoreException) cause;
        }
        SessionStoreException quiet = new SessionStoreException(cause.getMessage(),
                Failures.withoutForeignMessages(cause.getCause()));
        quiet.setStackTrace(cause.getStackTrace());
        return quiet;
    }
}
