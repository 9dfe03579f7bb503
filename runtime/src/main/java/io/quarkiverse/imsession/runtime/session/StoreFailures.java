package io.quarkiverse.imsession.runtime.session;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionException;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.log.Failures;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Scan;

/** What the failures of stores look like to others. */
public final class StoreFailures {

    private StoreFailures() {
    }

    /** A failed stage also for a store that throws at once, or has no stage at all. Each call of a store goes this way. */
    public static <T extends @Nullable Object> CompletionStage<T> guard(Supplier<? extends CompletionStage<T>> call) {
        try {
            return Objects.requireNonNull(call.get(), "stage");
        } catch (Throwable e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** A scan that fails also for a store that throws at once. */
    public static Scan guardScan(Supplier<Scan> scans) {
        try {
            return Objects.requireNonNull(scans.get(), "scan");
        } catch (Throwable e) {
            return () -> CompletableFuture.failedStage(e);
        }
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
