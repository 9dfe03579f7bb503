package io.quarkiverse.imsession.runtime;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import io.quarkiverse.imsession.Csrf;

/** Making and checking CSRF tokens. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CsrfBenchmark {

    private final Parts parts = new Parts();
    private final Csrf csrf = new SessionCsrf(parts::state, parts.tokens);
    private final String token = csrf.token();

    @Benchmark
    public String makeToken() {
        return csrf.token();
    }

    @Benchmark
    public boolean verify() {
        return csrf.verify(token);
    }
}
