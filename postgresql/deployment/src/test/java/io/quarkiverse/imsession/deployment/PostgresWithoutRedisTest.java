package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresWithoutRedisTest {

    private static final ServerSocket REDIS = listen();

    @RegisterExtension
    static final TestApp APP = PostgresApp.of(Routes.class).config("quarkus.redis.hosts",
            "redis://127.0.0.1:" + REDIS.getLocalPort());

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void close() throws IOException {
        REDIS.close();
    }

    @Test
    void nobodyConnectsToRedis() throws IOException {
        String token = Client.login("name", "anna");
        Client.get("/read", token).then().statusCode(200).body(equalTo("{name=anna}"));
        Client.get("/q/health/ready", null).then().statusCode(200);
        REDIS.setSoTimeout(100);
        assertThatThrownBy(REDIS::accept).isInstanceOf(SocketTimeoutException.class);
    }
}
