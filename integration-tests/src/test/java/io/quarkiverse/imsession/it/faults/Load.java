package io.quarkiverse.imsession.it.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;

/** Clients that use their sessions in parallel. */
final class Load implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(240);

    private final ExecutorService threads;
    private final List<LoadClient> clients = new ArrayList<>();
    private final List<Progress> progress = new ArrayList<>();
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean stopped;

    private Load(int count) {
        threads = Executors.newFixedThreadPool(count);
    }

    static Load start(int count, Findings findings) {
        Load load = new Load(count);
        for (int i = 0; i < count; i++) {
            Progress progress = new Progress();
            LoadClient client = new LoadClient("client" + i, i, progress, findings);
            load.progress.add(progress);
            load.clients.add(client);
            load.running.add(load.threads.submit(() -> {
                while (!load.stopped) {
                    client.step();
                }
            }));
        }
        return load;
    }

    /** Waits until each client got so many more responses of that kind. */
    void await(ToIntFunction<Progress> kind, int count) {
        int[] before = progress.stream().mapToInt(kind).toArray();
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(
                () -> IntStream.range(0, before.length).allMatch(i -> kind.applyAsInt(progress.get(i)) - before[i] >= count));
    }

    int sum(ToIntFunction<Progress> kind) {
        return progress.stream().mapToInt(kind).sum();
    }

    List<Progress> progress() {
        return progress;
    }

    /** Lets each client end its last request, and look at all its sessions once more. */
    void stopAndVerify() {
        stopped = true;
        running.forEach(Load::join);
        List<Callable<Void>> checks = clients.stream().<Callable<Void>> map(client -> () -> {
            client.verify();
            return null;
        }).toList();
        try {
            threads.invokeAll(checks).forEach(Load::join);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
    }

    private static void join(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A client failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
