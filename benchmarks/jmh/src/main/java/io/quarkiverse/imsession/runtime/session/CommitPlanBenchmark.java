package io.quarkiverse.imsession.runtime.session;

import java.util.Map;

import org.openjdk.jmh.annotations.Benchmark;

import io.quarkiverse.imsession.benchmarks.InnerPiece;

/** Deciding what is to be stored. */
public class CommitPlanBenchmark extends InnerPiece {

    private final Parts parts = new Parts();
    private final SessionState unchanged = parts.state();
    private final SessionState changed = unchanged.withData(Parts.DATA.with("views", 42));
    private final SessionState made = SessionState.NONE.withData(Parts.DATA, parts.token);

    @Benchmark
    public CommitAction none() {
        return plan(SessionState.NONE);
    }

    @Benchmark
    public CommitAction unchanged() {
        return plan(unchanged);
    }

    @Benchmark
    public CommitAction changed() {
        return plan(changed);
    }

    @Benchmark
    public CommitAction made() {
        return plan(made);
    }

    private CommitAction plan(SessionState state) {
        return CommitPlan.of(state, 200, Parts.POLICY, parts.tokens::renew, Map::of);
    }
}
