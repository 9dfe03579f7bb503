package io.quarkiverse.imsession.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** That the proxy counts and cuts as it says: other tests rely on it. */
class RedisProxyTest {

    private static RedisServer server;
    private static Vertx vertx;
    private RedisProxy proxy;
    private RedisConnection connection;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
        server.close();
    }

    @BeforeEach
    void connect() {
        server.command("FLUSHALL");
        proxy = RedisProxy.start(server);
        connection = newConnection();
    }

    @AfterEach
    void disconnect() {
        proxy.close();
    }

    @Test
    void commandsAreListedInTheirOrder() throws Exception {
        assertThat(proxy.commands(() -> {
            await(set("a"));
            await(connection.send(Request.cmd(Command.PING)));
            await(set("b"));
        })).containsExactly("set", "ping", "set");
    }

    @Test
    void commandsThatWaitForEachOtherAreARoundTripEach() throws Exception {
        assertThat(proxy.roundTrips(() -> {
            for (int i = 0; i < 5; i++) {
                await(set("a" + i));
            }
        })).isEqualTo(5);
    }

    @Test
    void commandsThatDoNotWaitAreOneRoundTrip() throws Exception {
        RedisConnection other = newConnection();
        assertThat(proxy.roundTrips(() -> {
            List<Future<Response>> replies = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                replies.add(set("a" + i));
                replies.add(other.send(Request.cmd(Command.GET).arg("a" + i)));
            }
            await(Future.all(replies));
        })).isEqualTo(1);
        assertThat(proxy.roundTrips(() -> {
        })).isZero();
    }

    @Test
    void whatIsSentInReplyIsAnotherRoundTrip() throws Exception {
        assertThat(proxy.roundTrips(() -> await(set("a").compose(first -> Future.all(set("b"), set("c")))
                .compose(second -> set("d"))))).isEqualTo(3);
    }

    @Test
    void cutBeforeACommandKeepsItAndAllThatFollowFromTheServer() {
        proxy.cutBefore("set", 2);
        Future<Response> first = set("a");
        Future<Response> second = set("b");
        Future<Response> third = set("c");
        await(first);
        assertThatThrownBy(() -> await(second)).isNotNull();
        assertThatThrownBy(() -> await(third)).isNotNull();
        assertThat(proxy.wasCut()).isTrue();
        assertThat(server.keys()).containsExactly("a");
    }

    @Test
    void commandsThatAreNotMeantAreNeitherCutNorCounted() {
        proxy.mean("b");
        proxy.cutBefore("set", 1);
        await(set("a"));
        Future<Response> meant = set("b");
        assertThatThrownBy(() -> await(meant)).isNotNull();
        assertThat(server.keys()).containsExactly("a");
    }

    @Test
    void cutAfterACommandLosesItsReplyOnly() {
        proxy.cutAfter("set", 2);
        Future<Response> first = set("a");
        Future<Response> second = set("b");
        Future<Response> third = set("c");
        await(first);
        assertThatThrownBy(() -> await(second)).isNotNull();
        assertThatThrownBy(() -> await(third)).isNotNull();
        assertThat(server.keys()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void cutWithinAReplyPassesOnItsFirstHalf() throws IOException {
        server.command("SET", "a", "0123456789");
        proxy.cutWithin("get", 1);
        try (Socket client = new Socket("127.0.0.1", URI.create(proxy.uri()).getPort())) {
            client.getOutputStream().write("*2\r\n$3\r\nGET\r\n$1\r\na\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("$10\r\n012");
        }
    }

    @Test
    void heldCommandIsPassedOnWhenItIsReleasedAlthoughItsClientIsGone() throws Exception {
        proxy.hold("set");
        set("a");
        proxy.awaitHeld();
        connection.close();
        connection = newConnection();
        await(set("b"));
        assertThat(server.keys()).containsExactly("b");
        proxy.release();
        Awaitility.await().until(() -> server.keys().size() == 2);
    }

    @Test
    void proxyThatStaysDownRefusesConnectionsUntilItIsRestored() {
        proxy.cutBefore("set", 1);
        proxy.stayDown();
        assertThatThrownBy(() -> await(set("a"))).isNotNull();
        assertThatThrownBy(this::newConnection).isNotNull();
        proxy.restore();
        connection = newConnection();
        await(set("b"));
        assertThat(server.keys()).containsExactly("b");
    }

    private RedisConnection newConnection() {
        return await(Redis.createClient(vertx, proxy.uri()).connect());
    }

    private Future<Response> set(String key) {
        return connection.send(Request.cmd(Command.SET).arg(key).arg("1"));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().orTimeout(60, java.util.concurrent.TimeUnit.SECONDS).join();
    }
}
