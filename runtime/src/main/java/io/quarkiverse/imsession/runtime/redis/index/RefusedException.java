package io.quarkiverse.imsession.runtime.redis.index;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.imsession.runtime.log.Failures;

/** Stops a reservation for a session that would not be stored. The store never throws it to its callers. */
final class RefusedException extends RuntimeException {

    private final transient Object answer;

    /** @param answer the result for the caller of the store */
    RefusedException(Object answer) {
        super("Refused", null, false, false);
        this.answer = answer;
    }

    /** The answer, if the failure is of this kind; otherwise a stage that fails with it. */
    static <T> CompletionStage<T> answer(Throwable failure, Class<T> type) {
        return Failures.unwrap(failure) instanceof RefusedException refused
                ? CompletableFuture.completedStage(type.cast(refused.answer))
                : CompletableFuture.failedStage(failure);
    }
}
