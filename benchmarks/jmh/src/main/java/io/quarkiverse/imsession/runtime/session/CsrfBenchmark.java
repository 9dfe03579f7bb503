package io.quarkiverse.imsession.runtime.session;

import org.openjdk.jmh.annotations.Benchmark;

import io.quarkiverse.imsession.Csrf;
import io.quarkiverse.imsession.benchmarks.InnerPiece;

/** Making and checking CSRF tokens. */
public class CsrfBenchmark extends InnerPiece {

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
