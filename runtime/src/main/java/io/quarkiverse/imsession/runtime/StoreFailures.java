package io.quarkiverse.imsession.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.quarkiverse.imsession.SessionException;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.SessionStoreException;

/** What the failures of stores look like to others. */
public final class StoreFailures {

    private StoreFailures() {
    }

    /** A failed stage also for a store that throws at once. */
    static <T> CompletionStage<T> guard(Supplier<CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** What a caller may be told: that a limit was reached, or that the store failed. */
    static SessionException asSessionException(Throwable failure) {
        return unwrap(failure) instanceof SessionLimitException limit ? limit : asStoreException(failure);
    }

    public static SessionStoreException asStoreException(Throwable failure) {
        Throwable cause = unwrap(failure);
        return cause instanceof SessionStoreException known ? known
                : new SessionStoreException("The session store failed", cause);
    }

    /** One line for the log. The messages of foreign exceptions are left out: nobody knows what they repeat. */
    static String describe(Throwable failure) {
        Throwable cause = unwrap(failure);
        return cause instanceof SessionStoreException ? cause.getMessage() : cause.getClass().getName();
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
