package io.quarkiverse.imsession.runtime;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Deciding what is to be stored. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CommitPlanBenchmark {

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
