package io.quarkiverse.imsession.runtime.session;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.device.DeviceKey;
import io.quarkiverse.imsession.runtime.device.InvalidProofException;
import io.quarkiverse.imsession.runtime.device.Proof;

/**
 * Verifies the signatures of proofs on threads of its own. One takes up to a millisecond, and strangers can ask for as many as
 * they like: on event loops that would hold up everybody. So they get half of the processors at most, a limited number of
 * proofs may wait, few of them for one session, and further ones are given up.
 */
public final class ProofVerifier {

    /** The greatest number of proofs that wait. */
    static final int CAPACITY = 1000;
    /** How many may be for one session: whoever can send proofs for one must not keep out the browsers of all others. */
    static final int MOST_OF_A_SESSION = 10;
    static final String THREAD = "imsession-proofs";

    private static final int IDLE_SECONDS = 10;

    private final SessionMetrics metrics;
    private final ThreadPoolExecutor workers;
    /** How many proofs of each session wait or are being verified. */
    private final ConcurrentMap<SessionId, Integer> underWay = new ConcurrentHashMap<>();

    /** Threads start with the first proof, and end when there is none for a while. */
    public ProofVerifier(SessionMetrics metrics) {
        this(metrics, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    ProofVerifier(SessionMetrics metrics, int threads) {
        this.metrics = metrics;
        workers = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(CAPACITY),
                OwnThreads.named(THREAD));
        workers.allowCoreThreadTimeOut(true);
    }

    /**
     * Verifies the signature of a proof.
     *
     * @param id the session that the proof is for
     * @return a stage of the key that has signed it, of null if that is another one than the proof is to be signed by. It fails
     *         if too many others wait, and may complete on a thread of this class
     */
    public CompletionStage<@Nullable DeviceKey> verify(SessionId id, Proof.Signed proof) {
        return run(id, () -> verified(proof));
    }

    <T extends @Nullable Object> CompletionStage<T> run(SessionId id, Supplier<T> task) {
        if (underWay.merge(id, 1, Integer::sum) > MOST_OF_A_SESSION) {
            ended(id);
            return givenUp(MOST_OF_A_SESSION + " others of its session");
        }
        try {
            return CompletableFuture.supplyAsync(task, workers).whenComplete((result, failure) -> ended(id));
        } catch (RejectedExecutionException e) {
            ended(id);
            return givenUp(CAPACITY + " others");
        }
    }

    private void ended(SessionId id) {
        underWay.computeIfPresent(id, (key, count) -> count == 1 ? null : count - 1);
    }

    private <T extends @Nullable Object> CompletionStage<T> givenUp(String others) {
        metrics.proofGivenUp();
        return CompletableFuture.failedStage(new SessionStoreException(
                "A proof was given up, as " + others + " wait for their signatures to be verified"));
    }

    private static @Nullable DeviceKey verified(Proof.Signed proof) {
        try {
            return proof.verify();
        } catch (InvalidProofException e) {
            return null;
        }
    }
}
