package io.quarkiverse.imsession.it.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.PackagedApplication;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.test.SocketClient;
import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;

/** Two instances of the packaged application that keep sessions between requests. */
class NearCacheIT {

    private static final int REQUESTS = 25;

    @Test
    void logOutsAndRefreshesOfOneInstanceReachTheOther() throws Exception {
        try (TestProvider provider = TestProvider.start();
                RedisServer redis = RedisServer.start();
                PackagedApplication first = instance(provider, redis);
                PackagedApplication second = instance(provider, redis)) {
            TestProvider.tell(provider.uri(), "sid", "s1");
            TestProvider.tell(provider.uri(), "idLifetime", 5);
            Visitor visitor = new Visitor(first.uri());
            Awaitility.await().until(() -> visitor.visit("/orders").statusCode() == 200);
            Visitor there = visitor.at(second.uri());
            assertThat(there.get("/orders").body()).isEqualTo("Orders of ada");

            long loggedIn = System.nanoTime();
            Awaitility.await().until(() -> System.nanoTime() - loggedIn > TimeUnit.SECONDS.toNanos(6));
            int before = TestProvider.count(provider.uri(), "refresh");
            TestProvider.tell(provider.uri(), "idLifetime", 300);
            List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                responses.add(visitor.getLater("/orders"));
                responses.add(there.getLater("/orders"));
            }
            responses.forEach(response -> assertThat(response.join().body()).isEqualTo("Orders of ada"));
            assertThat(TestProvider.count(provider.uri(), "refresh") - before).isEqualTo(1);

            try (SocketClient socket = visitor.openSocket("/news")) {
                assertThat(socket.receive()).isEqualTo("News of ada");
                String token = TestProvider.logoutToken(provider.uri(), "sid=%22s1%22");
                assertThat(new Visitor(second.uri()).post("/back-channel-logout", "logout_token=" + token).statusCode())
                        .isEqualTo(200);
                assertThat(socket.closed()).isEqualTo("1008 Session ended");
            }
            Awaitility.await().until(() -> visitor.get("/").body().equals("nobody"));
        }
    }

    private static PackagedApplication instance(TestProvider provider, RedisServer redis) {
        return PackagedApplication.start("-Dquarkus.redis.hosts=" + redis.uri(),
                "-Dquarkus.oidc.auth-server-url=" + provider.uri(), "-Dquarkus.oidc.credentials.secret=" + TestProvider.SECRET,
                "-Dquarkus.imsession.near-cache.enabled=true");
    }
}
