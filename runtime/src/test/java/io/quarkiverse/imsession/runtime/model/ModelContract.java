package io.quarkiverse.imsession.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.runtime.model.ModelRun.Ageing;
import io.quarkiverse.imsession.runtime.model.ModelRun.Instance;
import io.quarkiverse.imsession.runtime.model.QuietPoint.Inspection;

/**
 * Random operations by parallel clients, compared with a model. The seed decides what each client asks for; how the
 * operations of different clients interleave it cannot decide.
 */
public abstract class ModelContract {

    private static final String SEED = "imsession.model.seed";
    private static final String OPERATIONS = "imsession.model.operations";
    private static final int USUAL_OPERATIONS = 20_000;
    /** As many as make it sure that all happens that is expected. */
    private static final int ENOUGH_OPERATIONS = 100_000;
    private static final int BETWEEN_QUIET_POINTS = 4000;

    /** Without these the run would prove little. */
    private static final List<String> EXPECTED = List.of("created", "updated", "reference changed", "renewed", "rotated",
            "superseded", "conflict", "loaded", "updated by id", "touched by id", "destroyed", "expired", "ended by others",
            "all ended of a value", "found", "shared updated", "shared superseded", "shared conflict", "shared raised",
            "shared destroyed");

    private final long seed = Long.getLong(SEED, ThreadLocalRandom.current().nextLong(1_000_000));

    /** The instances of the application. */
    protected abstract List<Instance> instances(Lifetimes lifetimes);

    /** The clock of the store. */
    protected abstract Clock clock();

    /** Brings the end of sessions near, behind the back of the store. */
    protected abstract Ageing ageing();

    /** Lets short-lived sessions expire, if the test has the clock in its hands. */
    protected void letTimePass() {
    }

    /** Looks at what the store keeps, behind its back. */
    protected abstract Inspection inspection();

    @Test
    @Tag("sized")
    protected void storeBehavesAsTheModelDoesAndNothingIsLeftInTheEnd() throws Exception {
        ModelRun run = new ModelRun(instances(Lifetimes.MIXED), clock(), Lifetimes.MIXED, ageing());
        int operations = Integer.getInteger(OPERATIONS, USUAL_OPERATIONS);
        run(run, operations);
        if (operations >= ENOUGH_OPERATIONS) {
            EXPECTED.forEach(event -> assertThat(run.tally()).as("what happened").hasEntrySatisfying(event,
                    count -> assertThat(count).isGreaterThan(10)));
        }
        reproducibly(() -> end(run));
    }

    protected final void run(ModelRun run, int operations) throws Exception {
        QuietPoint quiet = new QuietPoint(run, seed, inspection());
        // Mutiny sets itself up when it is used first, and minds parallel threads then.
        quiet.check();
        quiet.renewShared(run.lifetimes());
        List<ModelClient> clients = new ArrayList<>();
        for (int i = 0; i < ModelRun.CLIENTS; i++) {
            clients.add(new ModelClient(run, i, seed));
        }
        ExecutorService threads = Executors.newFixedThreadPool(ModelRun.CLIENTS);
        try {
            for (int done = 0; done < operations; done += BETWEEN_QUIET_POINTS) {
                int next = Math.min(BETWEEN_QUIET_POINTS, operations - done);
                reproducibly(() -> {
                    inParallel(threads, clients, next / ModelRun.CLIENTS);
                    letTimePass();
                    quiet.check();
                    quiet.renewShared(run.lifetimes());
                });
            }
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void inParallel(ExecutorService threads, List<ModelClient> clients, int operations) throws Exception {
        CyclicBarrier start = new CyclicBarrier(clients.size());
        List<Future<?>> running = new ArrayList<>();
        clients.forEach(client -> running.add(threads.submit(() -> {
            start.await();
            client.run(operations);
            return null;
        })));
        for (Future<?> client : running) {
            client.get();
        }
    }

    /** Ends all that is left. */
    private void end(ModelRun run) {
        Instance instance = run.instance(new Random(seed));
        for (Reference reference : Values.all()) {
            QuietPoint.await(instance.sessions().destroyAll(reference.field(), reference.value()).subscribeAsCompletionStage());
        }
        for (Reference reference : Values.all()) {
            assertThat(QuietPoint.await(instance.sessions().count(reference.field(), reference.value())
                    .subscribeAsCompletionStage())).as("sessions of %s", reference).isZero();
        }
        run.owned().keySet().forEach(id -> QuietPoint.await(instance.store().destroy(id)));
        run.shared().forEach(session -> QuietPoint.await(instance.store().destroy(session.id())));
        inspection().inspect(Map.of(), run::mayBeEntered);
        assertNothingIsLeft();
    }

    /** Nothing is left, or goes within a moment. */
    protected abstract void assertNothingIsLeft();

    private void reproducibly(Step step) {
        try {
            step.run();
        } catch (Exception | AssertionError e) {
            Throwable cause = e;
            while (cause.getCause() != null && (cause instanceof ExecutionException
                    || cause instanceof CompletionException)) {
                cause = cause.getCause();
            }
            throw new AssertionError("With -D" + SEED + '=' + seed + ": " + cause.getMessage(), cause);
        }
    }

    private interface Step {
        void run() throws Exception;
    }
}
