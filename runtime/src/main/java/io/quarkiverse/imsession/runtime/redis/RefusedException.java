package io.quarkiverse.imsession.runtime.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.imsession.runtime.log.Failures;

/** Ends the search for a place of a session that would not be stored anyway. It never leaves the store. */
final class RefusedException extends RuntimeException {

    private final transient Object answer;

    /** @param answer what the caller of the store is to be told */
    RefusedException(Object answer) {
        super("Refused", null, false, false);
        this.answer = answer;
    }

    /** The answer, if the failure is of this kind; else fails with it. */
    static <T> CompletionStage<T> answer(Throwable failure, Class<T> type) {
        return Failures.unwrap(failure) instanceof RefusedException refused
                ? CompletableFuture.completedStage(type.cast(refused.answer))
                : CompletableFuture.failedStage(failure);
    }
}
