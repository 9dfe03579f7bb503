package io.quarkiverse.imsession.runtime.session;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.session.CommitResult.Send;

/** The commits of one request, which run one after another, and what the client still has to be told of them. */
final class RequestCommits {

    /** The greatest number of commits that are not over: each of them repeats the changes after it. */
    private static final int MOST_ON_DEMAND = 100;
    /** Later than that, a response may well be overtaken by that of another request: sooner, only by a slow network. */
    static final long LATE_NANOS = 100_000_000;

    /** The last commit. Changed only by who holds the lock of this. */
    private volatile @Nullable CompletionStage<?> last;
    /** How many commits that the application has asked for are not over. Guarded by this. */
    private int onDemand;
    /** Commits change it one after another. */
    private volatile CommitResult untold = CommitResult.KEEP;
    private volatile long untoldSince;
    private volatile @Nullable Throwable untoldFailure;

    /** Completed when all commits up to now are over; null if there are none. */
    @Nullable
    CompletionStage<?> last() {
        return last;
    }

    /**
     * Adds a commit after all others.
     *
     * @param over completed when the commit is over
     * @return completed when the commit before it is over; null if there is none
     */
    synchronized @Nullable CompletionStage<?> add(CompletionStage<?> over) {
        CompletionStage<?> before = last;
        last = over;
        return before;
    }

    /**
     * Counts a commit that the application asks for.
     *
     * @throws IllegalStateException if too many of them are not over
     */
    void countOnDemand(CompletionStage<?> over) {
        synchronized (this) {
            if (onDemand == MOST_ON_DEMAND) {
                throw new IllegalStateException("ImSession.commit() was called while " + MOST_ON_DEMAND
                        + " commits of the same session were under way: go on when the Uni of one has completed");
            }
            onDemand++;
        }
        over.whenComplete((result, failure) -> countEnd());
    }

    private synchronized void countEnd() {
        onDemand--;
    }

    /** Adds a result of a commit to what the client must be told when the response begins. Returns the sum. */
    CommitResult tellLater(CommitResult more) {
        if (more != CommitResult.KEEP) {
            untoldSince = System.nanoTime();
            untold = untold.and(more);
        }
        return untold;
    }

    /** The client gets its token by other responses too. */
    void tellOnlyOneOfSeveral() {
        if (untold instanceof Send send) {
            untold = new Send(send.token(), send.maxAge(), send.remembered(), null);
        }
    }

    /** Whether the result of the last commit is so old that another request may have replaced the token since. */
    boolean isLate() {
        return System.nanoTime() - untoldSince > LATE_NANOS;
    }

    /** What the client must be told when the response begins, of commits before it. */
    CommitResult untold() {
        return untold;
    }

    /** @param failure the failure of a commit whose caller had cancelled it, so that nobody was told */
    void failedUnnoticed(Throwable failure) {
        untoldFailure = failure;
    }

    /** The failure of a commit that nobody was told, so that the response has to tell it; null if there is none. */
    @Nullable
    Throwable untoldFailure() {
        return untoldFailure;
    }
}
