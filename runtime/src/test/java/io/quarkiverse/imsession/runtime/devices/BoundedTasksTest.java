package io.quarkiverse.imsession.runtime.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class BoundedTasksTest {

    private final List<CompletableFuture<Void>> begun = new ArrayList<>();
    private final AtomicInteger dropped = new AtomicInteger();

    @Test
    void floodBeginsFewLetsSomeWaitAndDropsTheRest() {
        BoundedTasks<Integer> tasks = new BoundedTasks<>(8, 1000, number -> begin(), dropped::incrementAndGet);
        for (int i = 0; i < 10_000; i++) {
            tasks.add(i);
        }
        assertThat(begun).hasSize(8);
        assertThat(dropped).hasValue(10_000 - 8 - 1000);

        for (int i = 0; i < begun.size(); i++) {
            begun.get(i).complete(null);
        }
        assertThat(begun).hasSize(1008);
        tasks.add(0);
        assertThat(begun).hasSize(1009);
    }

    @Test
    void tasksThatFailMakeRoomToo() {
        BoundedTasks<Integer> tasks = new BoundedTasks<>(1, 2, number -> begin(), dropped::incrementAndGet);
        tasks.add(1);
        tasks.add(2);
        begun.get(0).completeExceptionally(new IllegalStateException("for the test"));
        assertThat(begun).hasSize(2);
        assertThat(dropped).hasValue(0);
    }

    @Test
    void tasksThatAreOverAtOnceDoNotNest() {
        AtomicInteger done = new AtomicInteger();
        CompletableFuture<Void> first = new CompletableFuture<>();
        BoundedTasks<Integer> tasks = new BoundedTasks<>(1, 100_000, number -> {
            done.incrementAndGet();
            return number == 0 ? first : CompletableFuture.completedFuture(null);
        }, dropped::incrementAndGet);
        for (int i = 0; i < 100_000; i++) {
            tasks.add(i);
        }
        first.complete(null);
        assertThat(done).hasValue(100_000);
    }

    private CompletableFuture<Void> begin() {
        CompletableFuture<Void> task = new CompletableFuture<>();
        begun.add(task);
        return task;
    }
}
