package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.test.RunningRedis;
import io.restassured.response.Response;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** Two clients share a connection to Redis: one has caused it to be made, the other to be made again. */
@Tag("further")
class RedisLogTest {

    private static final LogFile LOG = LogFile.of(RedisLogTest.class);
    private static final String LATE = "Redis did not answer within 5000 ms: the connection is given up";

    @RegisterExtension
    static final TestApp APP = LOG.with(TestApp.of(LogFile.class, Routes.class, Held.class)).redis()
            // Longer than a busy machine takes for what it does for the first time.
            .config("quarkus.imsession.redis.command-timeout", "5S")
            .config("quarkus.vertx.event-loops-pool-size", "1");

    @ConfigProperty(name = "quarkus.redis.hosts")
    String redis;

    @Inject
    Held held;

    @Test
    void noLineOfTheConnectionHasTheIdOfOneClientAndNoLineOfOneClientThatOfTheOther() {
        // The first command loads classes: on a busy machine that may take longer than the timeout.
        await().atMost(Duration.ofMinutes(1)).until(() -> Client.get("/set?name=first", null).statusCode() == 200);
        RunningRedis server = RunningRedis.at(redis);
        String ada = Client.login("name", "ada");
        String bob = Client.login("name", "bob");
        server.cut();
        Client.get("/read", bob).then().statusCode(200);
        CompletableFuture<Response> adas = CompletableFuture.supplyAsync(() -> Client.get("/held", ada));
        CompletableFuture<Response> bobs = CompletableFuture.supplyAsync(() -> Client.get("/held", bob));
        await().until(() -> held.waiting.get() == 2);

        server.hang();
        held.mayGoOn.complete(null);

        assertThat(adas.join().statusCode()).isEqualTo(503);
        assertThat(bobs.join().statusCode()).isEqualTo(503);
        server.goOn();
        assertThat(LOG.id(LATE)).isEmpty();
        assertThat(LOG.id(notStored(ada))).isEqualTo(id(ada));
        assertThat(LOG.id(notStored(bob))).isEqualTo(id(bob));
        await().until(() -> Client.get("/read", bob).statusCode() == 200);
    }

    private static String notStored(String token) {
        return "Session " + id(token)
                + " could not be stored: Redis did not answer within quarkus.imsession.redis.command-timeout";
    }

    private static String id(String token) {
        return token.substring(0, SessionId.LENGTH);
    }

    /** Requests that change their session when they are told to. */
    @Singleton
    public static class Held {

        final AtomicInteger waiting = new AtomicInteger();
        final CompletableFuture<Void> mayGoOn = new CompletableFuture<>();

        void register(@Observes Router router) {
            router.get("/held").handler(context -> {
                Context request = Vertx.currentContext();
                waiting.incrementAndGet();
                mayGoOn.thenRun(() -> request.runOnContext(ignored -> {
                    ImSession.of(context).update(data -> data.with("changed", true));
                    context.response().end();
                }));
            });
        }
    }
}
