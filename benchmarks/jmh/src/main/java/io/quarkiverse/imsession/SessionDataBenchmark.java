package io.quarkiverse.imsession;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.openjdk.jmh.annotations.Benchmark;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.imsession.benchmarks.InnerPiece;

/** What an application does with the data of a session, and its JSON. */
public class SessionDataBenchmark extends InnerPiece {

    private static final List<String> CART = List.of("item-0001", "item-0002", "item-0003", "item-0004", "item-0005",
            "item-0006",
            "item-0007", "item-0008", "item-0009", "item-0010");
    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {
    };

    private final SessionData data = SessionData.of("user", "user-1", "views", 41, "theme", "dark", "cart", CART);
    private final SessionData same = SessionData.fromJson(data.toJson());
    private final Map<String, String> json = data.toJson();

    @Benchmark
    public SessionData makeWithCart() {
        return SessionData.of("user", "user-1", "views", 41, "theme", "dark", "cart", CART);
    }

    @Benchmark
    public SessionData fromJson() {
        return SessionData.fromJson(json);
    }

    @Benchmark
    public SessionData withInteger() {
        return data.with("views", 42);
    }

    @Benchmark
    public SessionData withCart() {
        return data.with("cart", CART);
    }

    @Benchmark
    public Optional<String> getString() {
        return data.get("user", String.class);
    }

    @Benchmark
    public Optional<Integer> getInteger() {
        return data.get("views", Integer.class);
    }

    @Benchmark
    public Optional<List<String>> getCart() {
        return data.get("cart", STRINGS);
    }

    @Benchmark
    public boolean equalData() {
        return data.equals(same);
    }

    @Benchmark
    public long sizeInBytes() {
        return data.sizeInBytes();
    }
}
