package io.quarkiverse.imsession.runtime.session;

import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.log.Failures;

/** Converts failures of stores to exceptions for callers. */
public final class StoreFailures {

    private StoreFailures() {
    }

    /** The exception for a request that cannot be done. Each failure that is no refusal becomes a failure of the store. */
    public static RequestRefusedException asRefusal(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        return cause instanceof RequestRefusedException refusal && !(cause instanceof SessionStoreException) ? refusal
                : asStoreException(failure);
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
