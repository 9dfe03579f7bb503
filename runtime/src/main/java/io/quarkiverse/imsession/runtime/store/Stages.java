package io.quarkiverse.imsession.runtime.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Combines stages. */
public final class Stages {

    private Stages() {
    }

    public static <T> CompletionStage<T> done(T result) {
        return CompletableFuture.completedFuture(result);
    }

    /** The results of a call for each item, in their order. All calls are made at once; fails if one fails. */
    public static <I, T> CompletionStage<List<T>> each(Collection<I> items, Function<I, ? extends CompletionStage<T>> call) {
        List<CompletionStage<T>> stages = new ArrayList<>(items.size());
        for (I item : items) {
            stages.add(call.apply(item));
        }
        return all(stages);
    }

    /** The results of all stages, in order; fails if one fails. */
    public static <T> CompletionStage<List<T>> all(List<? extends CompletionStage<T>> stages) {
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
