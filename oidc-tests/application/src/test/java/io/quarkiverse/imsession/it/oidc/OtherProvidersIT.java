package io.quarkiverse.imsession.it.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.PackagedApplication;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;

/** The packaged application with providers that do not do all that OpenID Connect has. */
@Tag("further")
class OtherProvidersIT {

    private static final int REQUESTS = 25;

    @Test
    void tokensWithoutAnIdTokenAreRefreshedOnceForAllInstances() {
        String[] settings = { "-Dquarkus.oidc.authentication.id-token-required=false", "-Dquarkus.oidc.token.issuer=any",
                "-Dquarkus.oidc.authentication.user-info-required=true", "-Dquarkus.oidc.token.principal-claim=name" };
        try (TestProvider provider = TestProvider.start();
                RedisServer redis = RedisServer.start();
                PackagedApplication first = instance(provider, redis, settings);
                PackagedApplication second = instance(provider, redis, settings)) {
            TestProvider.tell(provider.uri(), "noIdToken", 1);
            TestProvider.tell(provider.uri(), "accessLifetime", 4);
            Visitor visitor = new Visitor(first.uri());
            // On a slow machine, the tokens may expire before the log-in is over.
            Awaitility.await().until(() -> visitor.visit("/orders").statusCode() == 200);
            long loggedIn = System.nanoTime();
            Awaitility.await().until(() -> System.nanoTime() - loggedIn > TimeUnit.SECONDS.toNanos(5));
            int before = TestProvider.count(provider.uri(), "refresh");
            TestProvider.tell(provider.uri(), "accessLifetime", 300);
            TestProvider.tell(provider.uri(), "delay", 300);
            Visitor there = visitor.at(second.uri());
            List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                responses.add(visitor.getLater("/"));
                responses.add(there.getLater("/"));
            }
            responses.forEach(response -> assertThat(response.join().body()).isEqualTo("ada"));
            assertThat(TestProvider.count(provider.uri(), "refresh") - before).isEqualTo(1);
        }
    }

    @Test
    void answersThatTheProviderPostsLogIn() {
        try (TestProvider provider = TestProvider.start();
                RedisServer redis = RedisServer.start();
                PackagedApplication application = instance(provider, redis,
                        "-Dquarkus.oidc.authentication.response-mode=form_post",
                        "-Dquarkus.oidc.authentication.redirect-path=/answer",
                        "-Dquarkus.oidc.authentication.restore-path-after-redirect=true")) {
            Visitor visitor = new Visitor(application.uri());
            visitor.get("/cart?add=7");
            assertThat(visitor.postFromElsewhere("/answer", "code=x&state=x").statusCode()).isEqualTo(403);
            HttpResponse<String> answered = visitor.submit(visitor.get(location(visitor.get("/orders"))));
            assertThat(location(answered)).isEqualTo(application.uri() + "/orders");
            assertThat(visitor.get("/orders").body()).isEqualTo("Orders of ada");
            assertThat(visitor.get("/cart").body()).isEqualTo("Cart: 7");
        }
    }

    @Test
    void productionIsToldOfTokensInClear() throws IOException {
        try (TestProvider provider = TestProvider.start();
                RedisServer redis = RedisServer.start();
                PackagedApplication clear = instance(provider, redis, "-Dquarkus.oidc.credentials.secret=");
                PackagedApplication encrypted = instance(provider, redis)) {
            assertThat(clear.log()).filteredOn(line -> line.contains("quarkus.imsession.oidc.encryption-keys")).singleElement()
                    .asString().contains("WARN", "in clear", "quarkus.oidc.credentials.secret");
            assertThat(encrypted.log()).noneMatch(line -> line.contains("in clear"));
        }
    }

    private static String location(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(302);
        return response.headers().firstValue("Location").orElseThrow();
    }

    private static PackagedApplication instance(TestProvider provider, RedisServer redis, String... settings) {
        List<String> all = new ArrayList<>();
        all.add("-Dquarkus.redis.hosts=" + redis.uri());
        all.add("-Dquarkus.oidc.auth-server-url=" + provider.uri());
        all.add("-Dquarkus.oidc.credentials.secret=" + TestProvider.SECRET);
        all.addAll(List.of(settings));
        return PackagedApplication.start(all.toArray(String[]::new));
    }
}
