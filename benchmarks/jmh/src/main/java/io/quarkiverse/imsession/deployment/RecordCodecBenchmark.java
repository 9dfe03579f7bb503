package io.quarkiverse.imsession.deployment;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.benchmarks.InnerPiece;

/** Typed access by generated codecs, beside the same by Jackson's reflection. */
public class RecordCodecBenchmark extends InnerPiece {

    public record Visit(String user, int views, Optional<String> note, Instant since) {
    }

    public record Line(String product, int quantity, long cents, boolean gift) {
    }

    public record Basket(List<Line> cart) {
    }

    private static final TypeReference<List<Line>> LINES = new TypeReference<>() {
    };

    private SessionData data;
    private Basket basket;

    @Setup
    public void generate() throws IOException {
        Indexer indexer = new Indexer();
        for (Class<?> type : List.of(Visit.class, Line.class, Basket.class)) {
            indexer.indexClass(type);
        }
        Index index = indexer.complete();
        ShapeReader shapes = new ShapeReader(index, index);
        shapes.view(DotName.createSimple(Visit.class));
        shapes.view(DotName.createSimple(Basket.class));
        for (RecordShape record : shapes.records()) {
            CodecGenerator.generate(record, (name, code) -> define(code));
        }
        List<Line> lines = IntStream.range(0, 10).mapToObj(i -> new Line("item-000" + i, i, 450L * i, i == 3)).toList();
        basket = new Basket(lines);
        data = SessionData.of("user", "user-1", "views", 41, "since", Instant.ofEpochSecond(1_800_000_000), "cart", lines);
    }

    @Benchmark
    public Visit readFieldsTyped() {
        return data.as(Visit.class);
    }

    @Benchmark
    public Visit readFieldsUntyped() {
        return new Visit(data.get("user", String.class).orElse(null), data.get("views", Integer.class).orElse(0),
                data.get("note", String.class), data.get("since", Instant.class).orElse(null));
    }

    @Benchmark
    public SessionData updateTyped() {
        return data.update(Visit.class, v -> new Visit(v.user(), v.views() + 1, v.note(), v.since()));
    }

    @Benchmark
    public SessionData updateUntyped() {
        return data.with("views", data.get("views", Integer.class).orElse(0) + 1);
    }

    @Benchmark
    public Basket readNestedTyped() {
        return data.as(Basket.class);
    }

    @Benchmark
    public List<Line> readNestedByJackson() {
        return data.get("cart", LINES).orElseThrow();
    }

    @Benchmark
    public SessionData writeNestedTyped() {
        return SessionData.of(basket);
    }

    @Benchmark
    public SessionData writeNestedByJackson() {
        return SessionData.of(Map.of("cart", basket.cart()));
    }

    private static void define(byte[] code) {
        try {
            MethodHandles.lookup().defineClass(code);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
