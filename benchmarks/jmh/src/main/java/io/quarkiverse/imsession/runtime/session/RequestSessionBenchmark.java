package io.quarkiverse.imsession.runtime.session;

import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.openjdk.jmh.annotations.Benchmark;

import io.quarkiverse.imsession.benchmarks.InnerPiece;

/** The session's part of a request, but for HTTP and the store: that answers at once. */
public class RequestSessionBenchmark extends InnerPiece {

    private static final Set<String> ROLES = Set.of("user");

    private final Parts parts = new Parts();
    private final String token = parts.token();

    @Benchmark
    public RequestSession none() {
        return parts.loader().none();
    }

    @Benchmark
    public CompletionStage<RequestSession> load() {
        return parts.loader().load(Set.of(token), Set::of);
    }

    @Benchmark
    public CompletionStage<CommitResult> loadAndCommitNothing() {
        return parts.committer().commit(loaded(), 200, false);
    }

    @Benchmark
    public CompletionStage<CommitResult> loadIncrementAndCommit() {
        RequestSession session = loaded();
        session.update(data -> data.with("views", data.get("views", Integer.class).orElseThrow() + 1));
        return parts.committer().commit(session, 200, false);
    }

    @Benchmark
    public CompletionStage<CommitResult> setAndCommit() {
        RequestSession session = parts.loader().none();
        session.set(Parts.DATA);
        return parts.committer().commit(session, 200, false);
    }

    @Benchmark
    public CompletionStage<CommitResult> logInAndCommit() {
        RequestSession session = parts.loader().none();
        session.login("ada", ROLES);
        return parts.committer().commit(session, 200, false);
    }

    private RequestSession loaded() {
        return parts.loader().load(Set.of(token), Set::of).toCompletableFuture().join();
    }
}
