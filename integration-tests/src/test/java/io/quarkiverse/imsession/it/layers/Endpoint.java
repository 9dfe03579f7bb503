package io.quarkiverse.imsession.it.layers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One endpoint that counts, and what is expected of it.
 *
 * @param path without the leading slash
 * @param requestBody what to post, or null to get
 * @param fingerprint of the response body when the count is that; null if the body is not the endpoint's own
 */
record Endpoint(String path, int status, byte[] requestBody, IntFunction<String> fingerprint) {

    private static final int UPLOAD = 3 * 1024 * 1024;
    private static final int FIRST_VIRTUAL_THREADS = 21;

    /** All whose change is kept. */
    static List<Endpoint> changing() {
        List<Endpoint> all = new ArrayList<>();
        rest(all::add);
        routes(all::add);
        vertx(all::add);
        servlet(all::add);
        return all;
    }

    /** All that fail, so their change is discarded. */
    static List<Endpoint> failing() {
        return Stream.of("rest/server-error", "rest/failing", "rest/failing-uni", "routes/failing", "routes/failing-uni",
                "vertx/server-error", "vertx/failing", "servlet/server-error", "servlet/failing")
                .map(path -> new Endpoint("layers/" + path, 500, null, null)).toList();
    }

    /** All that post a body. */
    static List<Endpoint> posting() {
        return changing().stream().filter(endpoint -> endpoint.requestBody != null).toList();
    }

    /** One of each layer. */
    static List<Endpoint> oneOfEachLayer() {
        return changing().stream().filter(endpoint -> endpoint.path.matches("layers/(rest/uni|(routes|vertx|servlet)/text)"))
                .toList();
    }

    /** What changes and tells of the session by another layer than this endpoint. */
    String reader() {
        return path.startsWith("layers/vertx/") ? "layers/rest/read" : "layers/vertx/read";
    }

    @Override
    public String toString() {
        return path;
    }

    private static void rest(Consumer<Endpoint> all) {
        for (String name : List.of("blocking", "uni", "later")) {
            all.accept(counting("rest/" + name, 200));
        }
        if (Runtime.version().feature() >= FIRST_VIRTUAL_THREADS) {
            all.accept(counting("virtual-thread", 200));
        }
        all.accept(fixed("rest/multi", 200, chunks("")));
        all.accept(fixed("rest/multi-later", 200, join(5, i -> i + ",")));
        all.accept(fixed("rest/sse", 200, join(5, i -> "data:event " + i + "\n\n")));
        all.accept(fixed("rest/stream", 200, chunks("")));
        all.accept(fixed("rest/file", 200, Bodies.bytes(Bodies.FILE)));
        all.accept(fixed("rest/path", 200, Bodies.bytes(Bodies.FILE)));
        all.accept(fixed("rest/large", 200, Bodies.bytes(Bodies.LARGE)));
        all.accept(fixed("rest/no-content", 204, new byte[0]));
        all.accept(fixed("rest/not-modified", 304, new byte[0]));
        all.accept(fixed("rest/redirect", 303, new byte[0]));
        all.accept(fixed("rest/forbidden", 403, new byte[0]));
        all.accept(counting("rest/not-found", 404));
        all.accept(uploading("rest/upload"));
        all.accept(new Endpoint("layers/rest/json", 200, ascii("{\"item\":\"tea\",\"amount\":2}"),
                count -> Bodies.fingerprint(ascii("{\"item\":\"tea\",\"amount\":3}"))));
    }

    private static void routes(Consumer<Endpoint> all) {
        for (String name : List.of("text", "context", "uni", "later", "blocking")) {
            all.accept(counting("routes/" + name, 200));
        }
        all.accept(fixed("routes/multi", 200, chunks("")));
        all.accept(fixed("routes/sse", 200, join(5, i -> "data: event " + i + "\nid: " + i + "\n\n")));
        all.accept(fixed("routes/no-content", 204, new byte[0]));
        all.accept(uploading("routes/upload"));
    }

    private static void vertx(Consumer<Endpoint> all) {
        for (String name : List.of("text", "blocking", "later", "reroute", "head-first")) {
            all.accept(counting("vertx/" + name, 200));
        }
        all.accept(new Endpoint("layers/vertx/json", 200, null,
                count -> Bodies.fingerprint(ascii("{\"told\":\"" + Bodies.count(count) + "\"}"))));
        all.accept(fixed("vertx/chunked", 200, chunks("")));
        all.accept(fixed("vertx/drained", 200, chunks("")));
        for (String name : List.of("file", "pipe", "send")) {
            all.accept(fixed("vertx/" + name, 200, Bodies.bytes(Bodies.FILE)));
        }
        all.accept(fixed("vertx/no-content", 204, new byte[0]));
        all.accept(new Endpoint("layers/vertx/redirect", 302, null, null));
        all.accept(new Endpoint("layers/vertx/not-found", 404, null, null));
        all.accept(uploading("vertx/upload"));
    }

    private static void servlet(Consumer<Endpoint> all) {
        for (String name : List.of("text", "writer", "async")) {
            all.accept(counting("servlet/" + name, 200));
        }
        all.accept(fixed("servlet/medium", 200, Bodies.bytes(Bodies.MEDIUM)));
        all.accept(fixed("servlet/flush", 200, chunks("")));
        all.accept(fixed("servlet/no-content", 204, new byte[0]));
        all.accept(fixed("servlet/redirect", 302, new byte[0]));
        all.accept(new Endpoint("layers/servlet/not-found", 404, null, null));
        all.accept(uploading("servlet/upload"));
    }

    private static Endpoint counting(String path, int status) {
        return new Endpoint("layers/" + path, status, null, count -> Bodies.fingerprint(ascii(Bodies.count(count))));
    }

    private static Endpoint fixed(String path, int status, byte[] body) {
        String fingerprint = Bodies.fingerprint(body);
        return new Endpoint("layers/" + path, status, null, count -> fingerprint);
    }

    private static Endpoint uploading(String path) {
        byte[] body = Bodies.bytes(UPLOAD);
        String fingerprint = Bodies.fingerprint(ascii(Bodies.fingerprint(body)));
        return new Endpoint("layers/" + path, 200, body, count -> fingerprint);
    }

    private static byte[] chunks(String end) {
        return join(Bodies.CHUNKS, i -> Bodies.chunk(i) + end);
    }

    private static byte[] join(int parts, IntFunction<String> part) {
        return ascii(IntStream.range(0, parts).mapToObj(part).collect(Collectors.joining()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
