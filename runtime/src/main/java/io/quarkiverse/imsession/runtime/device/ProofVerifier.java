package io.quarkiverse.imsession.runtime.device;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionStoreException;

/**
 * Verifies the signatures of proofs on threads of its own. One takes up to a millisecond, and strangers can ask for as many as
 * they like: on event loops that would hold up everybody. So they get half of the processors at most, a limited number of
 * proofs may wait, and further ones are given up.
 */
public final class ProofVerifier {

    /** The greatest number of proofs that wait. */
    static final int CAPACITY = 1000;
    static final String THREAD = "imsession-proofs";

    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor workers;

    /** Threads start with the first proof, and end when there is none for a while. */
    public ProofVerifier() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    ProofVerifier(int threads) {
        ClassLoader classes = Thread.currentThread().getContextClassLoader();
        workers = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(CAPACITY),
                task -> thread(task, classes));
        workers.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task, ClassLoader classes) {
        // Otherwise the thread would inherit values of the request that brought the first proof.
        Thread thread = new Thread(null, task, THREAD, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(classes);
        return thread;
    }

    /**
     * Verifies the signature of a proof.
     *
     * @return a stage of the key that has signed it, of null if that is another one than the proof is to be signed by. It fails
     *         if too many others wait, and may complete on a thread of this class
     */
    public CompletionStage<@Nullable DeviceKey> verify(Proof.Signed proof) {
        return run(() -> verified(proof));
    }

    <T extends @Nullable Object> CompletionStage<T> run(Supplier<T> task) {
        try {
            return CompletableFuture.supplyAsync(task, workers);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedStage(new SessionStoreException(
                    "A proof was given up, as " + CAPACITY + " others wait for their signatures to be verified"));
        }
    }

    private static @Nullable DeviceKey verified(Proof.Signed proof) {
        try {
            return proof.verify();
        } catch (InvalidProofException e) {
            return null;
        }
    }
}
