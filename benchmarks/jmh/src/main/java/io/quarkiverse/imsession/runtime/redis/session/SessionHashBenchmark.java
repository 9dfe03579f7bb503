package io.quarkiverse.imsession.runtime.redis.session;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.openjdk.jmh.annotations.Benchmark;

import io.quarkiverse.imsession.benchmarks.InnerPiece;
import io.quarkiverse.imsession.runtime.session.Parts;
import io.quarkiverse.imsession.spi.StoredSession;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.BulkType;
import io.vertx.redis.client.impl.types.MultiType;

/** Reading the reply to HGETALL. */
public class SessionHashBenchmark extends InnerPiece {

    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Response map = reply(true);
    private final Response list = reply(false);

    @Benchmark
    public StoredSession readMap() {
        return SessionHash.read(map, now);
    }

    @Benchmark
    public StoredSession readList() {
        return SessionHash.read(list, now);
    }

    private static Response reply(boolean map) {
        Map<String, String> hash = new LinkedHashMap<>();
        hash.put(SessionHash.META, "A".repeat(22) + " 1767225600000 1767312000000 1");
        hash.putAll(Parts.DATA.toJson());
        MultiType reply = MultiType.create(map ? hash.size() : 2L * hash.size(), map);
        hash.forEach((name, value) -> {
            reply.add(bulk(name));
            reply.add(bulk(value));
        });
        return reply;
    }

    private static Response bulk(String text) {
        return BulkType.create(Buffer.buffer(text), false);
    }
}
