package io.quarkiverse.imsession.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.test.RedisServer;

/**
 * One fault under load, and what is promised about each: clients get successes and refusals only, nothing that was
 * acknowledged is lost, nobody sees the data of others, all clients are served again, and neither connections nor requests
 * are left behind.
 * <p>
 * {@code -Dimsession.faults.clients} is the number of clients, {@code -Dimsession.faults.requests} how many requests each
 * of them makes before and after the fault. Each run adds a line to {@code target/faults.txt}.
 */
final class FaultRun implements AutoCloseable {

    private static final int CLIENTS = Integer.getInteger("imsession.faults.clients", 8);
    private static final int REQUESTS = Integer.getInteger("imsession.faults.requests", 25);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration SETTLING = Duration.ofSeconds(8);
    /** A link for each event loop, and one for other threads. */
    private static final int MOST_LINKS = 2 * Runtime.getRuntime().availableProcessors() + 1;
    /** What the connections of HTTP clients hold of their last requests. */
    private static final int REQUESTS_OF_CONNECTIONS = 4 * CLIENTS + 8;
    private static final Path REPORT = Path.of("target", "faults.txt");

    private final String name;
    private final List<FaultTarget> servers;
    private final Findings findings = new Findings();
    private final Load load;
    private final int connectionsBefore;
    private final long startNanos = System.nanoTime();

    private FaultRun(String name, List<FaultTarget> servers) {
        this.name = name;
        this.servers = servers;
        this.load = Load.start(CLIENTS, findings);
        load.await(Progress::successes, REQUESTS);
        this.connectionsBefore = connections();
    }

    /** Starts the load. */
    static FaultRun start(String name, RedisServer... servers) {
        return start(name, List.of(servers));
    }

    static FaultRun start(String name, List<RedisServer> servers) {
        return on(name, servers.stream().<FaultTarget> map(OfRedis::new).toList());
    }

    /** Starts the load on any store. */
    static FaultRun on(String name, List<FaultTarget> servers) {
        return new FaultRun(name, servers);
    }

    /** Waits until each client was refused. */
    void awaitRefusals() {
        load.await(Progress::refusals, 1);
    }

    /** Waits until each client was served so often as it is before the fault. */
    void awaitSuccesses() {
        load.await(Progress::successes, REQUESTS);
    }

    /** Waits until the application has so many connections to that server. */
    void awaitConnections(RedisServer server, int count) {
        Awaitility.await(name + ": connections").atMost(PATIENCE).pollInterval(Duration.ofMillis(10))
                .until(() -> connections(server) >= count);
    }

    /** Redis itself loses all that it stored until the fault is over, even if it was acknowledged. */
    void redisLosesEverything() {
        findings.mayLoseSince(startNanos);
    }

    /** Redis itself loses what it stored from then until the fault is over, even if it was acknowledged. */
    void redisLosesSince(long nanos) {
        findings.mayLoseSince(nanos);
    }

    /** What is sent from now on must not be lost, although the fault is not over. */
    void redisLosesNoMore() {
        findings.mayLoseUntil(System.nanoTime());
    }

    /** Somebody else destroys these sessions in Redis. */
    void redisLoses(Set<String> ids) {
        findings.mayLose(ids);
    }

    /** Only acknowledged changes must stay, as with {@code redis.replicas}: what was refused may be seen, and be lost. */
    void onlyAcknowledgedChangesLast() {
        findings.refusedMayVanish();
    }

    /** Checks all that is promised, from the moment when Redis can be used again, which is now. */
    void faultIsOver() {
        long over = System.nanoTime();
        findings.mayLoseUntil(over);
        load.progress().forEach(progress -> progress.awaitSuccess(over));
        Awaitility.await(name + ": success of all clients").atMost(PATIENCE).pollInterval(Duration.ofMillis(10))
                .until(() -> load.progress().stream().noneMatch(Progress::isAwaitingSuccess));
        load.await(Progress::successes, REQUESTS);
        load.stopAndVerify();
        assertThat(findings.wrong()).as(name).isEmpty();
        int connections = awaitConnections();
        JsonNode requests = awaitNoRequests();
        report(over, connections, requests.get("live").asInt());
    }

    int refusals() {
        return load.sum(Progress::refusals);
    }

    int lost() {
        return findings.lost();
    }

    @Override
    public void close() {
        load.close();
    }

    private int awaitConnections() {
        int most = Math.max(connectionsBefore, servers.stream().mapToInt(FaultTarget::mostConnections).sum());
        try {
            Awaitility.await().atMost(SETTLING).until(() -> connections() <= connectionsBefore);
        } catch (ConditionTimeoutException e) {
            // Other event loops than before may have one now.
            assertThat(connections()).as(name + ": connections to the store").isLessThanOrEqualTo(most);
        }
        return connections();
    }

    /** Connections of the application. Those of nodes among each other, and of this test, do not count. */
    static int connections(RedisServer server) {
        return (int) ((String) server.command("CLIENT", "LIST", "TYPE", "normal")).lines()
                .filter(line -> !line.contains(" cmd=client") && !line.contains(" name=sentinel-")).count();
    }

    private int connections() {
        return servers.stream().filter(FaultTarget::isRunning).mapToInt(FaultTarget::connections).sum();
    }

    private JsonNode awaitNoRequests() {
        Client http = new Client();
        return Awaitility.await(name + ": requests in memory").atMost(PATIENCE).until(() -> requests(http),
                now -> now.get("open").asInt() == 1 && now.get("live").asInt() <= REQUESTS_OF_CONNECTIONS);
    }

    private static JsonNode requests(Client http) {
        try {
            return new ObjectMapper().readTree(http.get("/faults/requests", null).body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void report(long over, int connections, int live) {
        long first = load.progress().stream().mapToLong(progress -> progress.firstSuccessNanos() - over).min().orElseThrow();
        long all = load.progress().stream().mapToLong(progress -> progress.firstSuccessNanos() - over).max().orElseThrow();
        List<Progress> refused = load.progress().stream().filter(progress -> progress.refusals() > 0).toList();
        long lastRefusal = refused.stream().mapToLong(progress -> progress.lastRefusalNanos() - over).max().orElse(0);
        long firstRefusal = refused.stream().mapToLong(progress -> progress.firstRefusalNanos() - over).min().orElse(0);
        String line = String.format(Locale.ROOT, "%s | %d ok | %d refused, from %d to %d ms | first ok %d ms, of all %d ms"
                + " | lost %d | connections %d, then %d | requests in memory %d%n", name, load.sum(Progress::successes),
                refusals(), firstRefusal / 1_000_000, lastRefusal / 1_000_000, first / 1_000_000, all / 1_000_000, lost(),
                connectionsBefore, connections, live);
        try {
            Files.writeString(REPORT, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record OfRedis(RedisServer server) implements FaultTarget {

        @Override
        public boolean isRunning() {
            return server.isRunning();
        }

        @Override
        public int connections() {
            return FaultRun.connections(server);
        }

        @Override
        public int mostConnections() {
            return MOST_LINKS;
        }
    }
}
