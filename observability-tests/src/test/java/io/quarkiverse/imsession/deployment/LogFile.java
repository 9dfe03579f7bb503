package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.quarkiverse.imsession.SessionId;

/** The log of an application, with the ids of sessions in front of each message. */
record LogFile(Path path) {

    private static final int CLIENTS = 4;
    private static final int REQUESTS = 20;

    /** @param test whose application it is of; what an earlier one wrote into it stays there */
    static LogFile of(Class<?> test) {
        return new LogFile(Path.of("target", test.getSimpleName() + ".log"));
    }

    TestApp with(TestApp application) {
        return application.config("quarkus.imsession.log.mdc-key", "session")
                .config("quarkus.log.file.enabled", "true")
                .config("quarkus.log.file.path", path.toString())
                .config("quarkus.log.file.format", "%X{session}|%s%n")
                .config("quarkus.otel.traces.exporter", "none")
                .config("quarkus.otel.metrics.exporter", "none")
                .config("quarkus.micrometer.enabled", "false");
    }

    /** The id in front of a message; empty if there is none. */
    String id(String message) {
        return await().until(() -> ids().get(message), id -> id != null);
    }

    /** Has many clients, each with a session, ask for lines at the same time, now with their session and now without. */
    void assertEachLineHasTheIdOfItsRequest(String path) {
        String run = UUID.randomUUID().toString();
        Map<String, String> expected = new ConcurrentHashMap<>();
        CompletableFuture.allOf(IntStream.range(0, CLIENTS).mapToObj(client -> CompletableFuture.runAsync(() -> {
            String token = Client.token(Client.get("/logged/set?line=x", null));
            for (int i = 0; i < REQUESTS; i++) {
                String line = run + "-" + client + "-" + i;
                String used = i % 2 == 0 ? token : null;
                expected.put(line, used == null ? "" : used.substring(0, SessionId.LENGTH));
                Client.get(path + "?line=" + line, used).then().statusCode(200);
            }
        })).toArray(CompletableFuture[]::new)).join();
        await().untilAsserted(() -> assertThat(ids()).containsAllEntriesOf(expected));
    }

    private Map<String, String> ids() {
        try {
            return Files.readAllLines(path).stream().filter(line -> line.contains("|"))
                    .collect(Collectors.toMap(line -> line.substring(line.indexOf('|') + 1),
                            line -> line.substring(0, line.indexOf('|')), (first, second) -> second));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
