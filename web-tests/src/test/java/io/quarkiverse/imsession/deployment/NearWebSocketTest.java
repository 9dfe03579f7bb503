package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.SocketClient;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** With a near cache nobody waits for the next check: Redis tells which sessions end. */
@Tag("further")
class NearWebSocketTest extends WebSocketContract {

    private static final String LOADS = "cmdstat_hgetall:calls=";

    @RegisterExtension
    static final TestApp APP = app().redis().config("quarkus.imsession.near-cache.enabled", "true")
            .config("quarkus.imsession.websockets.check-interval", "1H");

    @Inject
    Vertx vertx;

    @BeforeEach
    void awaitNearCache() {
        String token = logIn("probe");
        await().until(() -> {
            Client.get("/user", token);
            long before = loads();
            Client.get("/user", token);
            return loads() == before;
        });
    }

    @Test
    void socketOfASessionThatSomebodyRemovesFromRedisClosesAtOnce() throws Exception {
        String token = logIn("ada");
        SocketClient socket = open("worker", token);
        SocketClient others = open("worker", logIn("bob"));
        socket.receive();
        others.receive();

        redis("UNLINK", "imsession:{" + id(token) + '}');

        assertThat(socket.closed()).isEqualTo(ENDED);
        assertThat(others.ask("user")).isEqualTo("bob");
    }

    @Test
    void socketsOfSessionsThatAFlushHasEndedCloseAtOnce() throws Exception {
        SocketClient socket = open("worker", logIn("ada"));
        socket.receive();

        redis("FLUSHALL");

        assertThat(socket.closed()).isEqualTo(ENDED);
    }

    @Test
    void socketOfASessionThatEndedWhileNobodyToldItClosesWhenChangesAreToldAgain() throws Exception {
        String token = logIn("ada");
        SocketClient socket = open("worker", token);
        socket.receive();

        // The server runs them one after another, so that the connection that tells changes is gone before the session is.
        redis("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        redis("UNLINK", "imsession:{" + id(token) + '}');

        assertThat(socket.closed()).isEqualTo(ENDED);
    }

    private long loads() {
        return redis("INFO", "commandstats").toString().lines().filter(line -> line.startsWith(LOADS))
                .mapToLong(line -> Long.parseLong(line.substring(LOADS.length()).split(",")[0])).sum();
    }

    private Response redis(String... command) {
        Redis redis = Redis.createClient(vertx, ConfigProvider.getConfig().getValue("quarkus.redis.hosts", String.class));
        try {
            Request request = Request.cmd(Command.create(command[0]));
            for (int i = 1; i < command.length; i++) {
                request.arg(command[i]);
            }
            return redis.send(request).toCompletionStage().toCompletableFuture().join();
        } finally {
            redis.close();
        }
    }
}
