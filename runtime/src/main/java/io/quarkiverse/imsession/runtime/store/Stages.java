package io.quarkiverse.imsession.runtime.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Joins stages. */
final class Stages {

    private Stages() {
    }

    static <T> CompletionStage<T> done(T result) {
        return CompletableFuture.completedFuture(result);
    }

    /** The results of all, in order; fails if one fails. */
    static <T> CompletionStage<List<T>> all(List<? extends CompletionStage<T>> stages) {
        CompletableFuture<?>[] futures = stages.stream().map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(futures).thenApply(done -> {
            List<T> results = new ArrayList<>(stages.size());
            for (CompletionStage<T> stage : stages) {
                results.add(stage.toCompletableFuture().join());
            }
            return results;
        });
    }
}
