package io.quarkiverse.imsession.runtime.session;

import java.util.List;

import org.openjdk.jmh.annotations.Benchmark;

import io.quarkiverse.imsession.benchmarks.InnerPiece;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.TokenState;

/** What becomes of the text that a client sent. */
public class TokenBenchmark extends InnerPiece {

    private final Parts parts = new Parts();
    private final TokenCodec signing = new TokenCodec(List.of("a signing key of 32 characters, or more"));
    private final String text = parts.token();
    private final String signed = signing.encode(parts.token, 1);
    private final String malformed = text.substring(1) + '*';

    @Benchmark
    public SessionToken decode() {
        return parts.tokens.decode(text);
    }

    @Benchmark
    public SessionToken decodeMalformed() {
        return parts.tokens.decode(malformed);
    }

    @Benchmark
    public SessionToken decodeSigned() {
        return signing.decode(signed);
    }

    @Benchmark
    public TokenState.Check decodeAndCheck() {
        return parts.stored.token().check(parts.tokens.decode(text).hash(), parts.stored.now());
    }

    @Benchmark
    public SessionToken generate() {
        return parts.tokens.generate();
    }
}
