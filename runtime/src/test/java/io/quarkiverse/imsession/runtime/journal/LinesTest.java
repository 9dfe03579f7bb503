package io.quarkiverse.imsession.runtime.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.Reference;

class LinesTest {

    private static final Reference ADA = Reference.of("user", "ada");
    private static final Reference EVE = Reference.of("user", "eve");
    private static final Reference BOB = Reference.of("user", "bob");

    private final Lines lines = new Lines(2);
    private final List<String> begun = new ArrayList<>();

    @Test
    void tasksOfAReferenceRunOneAfterTheOther() {
        CompletableFuture<String> first = begin(ADA, "a1");
        CompletableFuture<String> second = begin(ADA, "a2");
        CompletableFuture<String> third = begin(ADA, "a3");
        assertThat(begun).containsExactly("a1");
        first.complete("");
        assertThat(begun).containsExactly("a1", "a2");
        second.completeExceptionally(new IllegalStateException());
        assertThat(begun).containsExactly("a1", "a2", "a3");
        third.complete("");
        assertThat(lines.over()).isCompleted();
    }

    @Test
    void onlyAFewRunAtATimeAndReferencesTakeTurns() {
        CompletableFuture<String> a1 = begin(ADA, "a1");
        begin(ADA, "a2");
        CompletableFuture<String> e1 = begin(EVE, "e1");
        CompletableFuture<String> b1 = begin(BOB, "b1");
        assertThat(begun).containsExactly("a1", "e1");
        a1.complete("");
        assertThat(begun).containsExactly("a1", "e1", "b1");
        e1.complete("");
        assertThat(begun).containsExactly("a1", "e1", "b1", "a2");
        assertThat(lines.over()).isNotCompleted();
        b1.complete("");
    }

    @Test
    void taskThatThrowsHasFailedAndTheNextOneRuns() {
        CompletionStage<String> thrown = lines.run(ADA, () -> {
            throw new IllegalStateException("no");
        });
        assertThat(thrown.toCompletableFuture()).isCompletedExceptionally();
        assertThat(lines.run(ADA, () -> CompletableFuture.completedStage("yes")).toCompletableFuture())
                .isCompletedWithValue("yes");
    }

    @Test
    void manyTasksThatAreOverAtOnceNeedNoDeepStack() {
        CompletableFuture<String> first = begin(ADA, "first");
        List<CompletionStage<Integer>> later = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            int number = i;
            later.add(lines.run(ADA, () -> CompletableFuture.completedStage(number)));
        }
        first.complete("");
        assertThat(later.get(99_999).toCompletableFuture()).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(99_999);
        assertThat(lines.over()).isCompleted();
    }

    private CompletableFuture<String> begin(Reference reference, String name) {
        CompletableFuture<String> task = new CompletableFuture<>();
        lines.run(reference, () -> {
            begun.add(name);
            return task;
        });
        return task;
    }
}
