package io.quarkiverse.imsession.it.transactions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.test.SocketClient;

/** Clients that raise a number of one session at the same time, each in a way of its own, and count what they are told. */
final class Crowd implements AutoCloseable {

    static final int CLIENTS = 50;
    /** Ways that need the token of the session. */
    static final List<String> REQUESTS = List.of("blocking", "uni", "vertx", "servlet");
    /** Ways that need its id only. */
    static final List<String> ADMINISTRATION = List.of("administration", "reactive-administration");
    static final List<String> SOCKETS = List.of("sockets/event-loop", "sockets/worker");
    static final List<String> ALL = List.of("blocking", "administration", "sockets/event-loop", "uni", "vertx",
            "reactive-administration", "sockets/worker", "servlet");

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final List<URI> instances;
    private final String id;
    private volatile String token;
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<Future<?>> running = new ArrayList<>();
    private final CyclicBarrier together = new CyclicBarrier(CLIENTS);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final AtomicInteger elsewhere = new AtomicInteger();
    private final Queue<Integer> tickets = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    private Crowd(List<URI> instances, String token) {
        this.instances = instances;
        this.token = token;
        this.id = Client.id(token);
    }

    /**
     * Lets all clients begin at once.
     *
     * @param instances the applications that share the session
     * @param token of the session
     * @param ways the clients take them in turn
     * @param what they raise
     * @param each how often each of them does
     */
    static Crowd start(List<URI> instances, String token, List<String> ways, String what, int each) {
        Crowd crowd = new Crowd(instances, token);
        for (int i = 0; i < CLIENTS; i++) {
            URI base = instances.get(i % instances.size());
            String way = ways.get(i / instances.size() % ways.size());
            crowd.running.add(crowd.threads.submit(() -> {
                crowd.together.await();
                if (SOCKETS.contains(way)) {
                    crowd.ask(base, way, what, each);
                } else {
                    crowd.request(base, way, what, each);
                }
                return null;
            }));
        }
        return crowd;
    }

    /** From now on requests and new sockets have another token. */
    void use(String renewed) {
        token = renewed;
    }

    /** Waits until the clients have so many answers, of whatever kind. */
    void awaitAnswers(int count) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2))
                .until(() -> answers() >= count || running.stream().allMatch(Future::isDone));
    }

    /** Waits until all clients are done. */
    Crowd join() throws Exception {
        for (Future<?> client : running) {
            client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        return this;
    }

    int answers() {
        return acknowledged.get() + refused.get() + unknown.get() + elsewhere.get();
    }

    /** How often a client was told that the session has its change. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** How often a client was told that the session does not have its change. */
    int refused() {
        return refused.get();
    }

    /** How often a client was told that nobody knows. */
    int unknown() {
        return unknown.get();
    }

    /** How often a client got a session of its own, as this one had ended. */
    int elsewhere() {
        return elsewhere.get();
    }

    /** The numbers that clients were told, sorted. */
    List<Integer> tickets() {
        return tickets.stream().sorted().toList();
    }

    /** Answers that must not be. */
    Queue<String> wrong() {
        return wrong;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void request(URI base, String way, String what, int each) {
        String query = ADMINISTRATION.contains(way) ? "?id=" + id : "";
        for (int i = 0; i < each; i++) {
            HttpResponse<String> response = post(base.resolve("/transactions/" + way + "/" + what + query), token);
            String cookie = Client.token(response).orElse("");
            switch (response.statusCode()) {
                case 200 -> {
                    if (cookie.isEmpty() || Client.id(cookie).equals(id)) {
                        told(response.body(), what);
                    } else {
                        elsewhere.incrementAndGet();
                    }
                }
                case 409 -> told("refused", what);
                case 503 -> told("failed", what);
                default -> wrong.add(way + " answered " + response.statusCode() + ": " + response.body());
            }
        }
    }

    private void ask(URI base, String way, String what, int each) throws InterruptedException {
        SocketClient socket = null;
        String used = null;
        for (int i = 0; i < each; i++) {
            String current = token;
            if (!current.equals(used)) {
                if (socket != null) {
                    socket.close();
                }
                used = current;
                socket = SocketClient.open(base.getPort(), "/transactions/" + way, "Cookie", "connsid=" + used);
            }
            told(socket.ask(what), what);
        }
        if (socket != null) {
            socket.close();
        }
    }

    private void told(String answer, String what) {
        switch (answer) {
            case "refused", "gone" -> refused.incrementAndGet();
            case "failed" -> unknown.incrementAndGet();
            default -> {
                if (what.equals("ticket")) {
                    tickets.add(Integer.valueOf(answer));
                }
                acknowledged.incrementAndGet();
            }
        }
    }

    private static HttpResponse<String> post(URI uri, String token) {
        try {
            return HTTP.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Cookie", "connsid=" + token)
                    .POST(HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
