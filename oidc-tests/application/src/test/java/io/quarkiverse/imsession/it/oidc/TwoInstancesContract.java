package io.quarkiverse.imsession.it.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import io.quarkiverse.imsession.test.PackagedApplication;
import io.quarkiverse.imsession.test.SocketClient;
import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;

/** Two instances of the packaged application, with one store. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class TwoInstancesContract {

    private static final int REQUESTS = 25;

    private TestProvider provider;
    private List<String> store;
    private PackagedApplication first;
    private PackagedApplication second;

    /** Starts what keeps the sessions. Returns the settings with which instances find it. */
    abstract List<String> startStore();

    abstract void stopStore();

    @BeforeAll
    void start() {
        provider = TestProvider.start();
        store = startStore();
        first = instance();
        second = instance();
    }

    private PackagedApplication instance(String... settings) {
        List<String> all = new ArrayList<>(store);
        all.add("quarkus.imsession.websockets.check-interval=1S");
        all.add("quarkus.oidc.auth-server-url=" + provider.uri());
        all.add("quarkus.oidc.credentials.secret=" + TestProvider.SECRET);
        all.addAll(List.of(settings));
        return PackagedApplication.start(all.stream().map(setting -> "-D" + setting).toArray(String[]::new));
    }

    @AfterAll
    void stop() {
        first.close();
        second.close();
        stopStore();
        provider.close();
    }

    @BeforeEach
    void reset() {
        TestProvider.tell(provider.uri(), "reset", 1);
    }

    @Test
    void logInOnOneInstanceEndsByTheBackChannelOnTheOther() {
        TestProvider.tell(provider.uri(), "sid", "s1");
        Visitor visitor = new Visitor(first.uri());
        assertThat(visitor.visit("/orders").body()).isEqualTo("Orders of ada");
        assertThat(visitor.at(second.uri()).get("/orders").body()).isEqualTo("Orders of ada");
        String token = TestProvider.logoutToken(provider.uri(), "sid=%22s1%22");
        assertThat(new Visitor(second.uri()).post("/back-channel-logout", "logout_token=" + token).statusCode()).isEqualTo(200);
        assertThat(visitor.get("/").body()).isEqualTo("nobody");
        assertThat(visitor.get("/orders").statusCode()).isEqualTo(302);
        assertThat(new Visitor(first.uri()).post("/back-channel-logout", "logout_token=" + token).statusCode())
                .as("the same token again").isEqualTo(400);
    }

    @Test
    void socketOnOneInstanceClosesByTheBackChannelOnTheOther() throws Exception {
        TestProvider.tell(provider.uri(), "sid", "s3");
        Visitor visitor = new Visitor(first.uri());
        visitor.visit("/orders");
        try (SocketClient socket = visitor.openSocket("/news")) {
            assertThat(socket.receive()).isEqualTo("News of ada");
            String token = TestProvider.logoutToken(provider.uri(), "sid=%22s3%22");
            assertThat(new Visitor(second.uri()).post("/back-channel-logout", "logout_token=" + token).statusCode())
                    .isEqualTo(200);
            assertThat(socket.closed()).isEqualTo("1008 Session ended");
        }
    }

    @Test
    void twoTabsThatLogInAtOnceOnBothInstancesHaveOneUser() {
        for (int i = 0; i < 5; i++) {
            Visitor ada = new Visitor(first.uri());
            ada.get("/cart?add=7");
            Visitor bob = ada.at(second.uri());
            String adas = answer(ada, "ada");
            String bobs = answer(bob, "bob");
            CyclicBarrier together = new CyclicBarrier(2);
            List<CompletableFuture<Integer>> statuses = List.of(later(together, ada, adas), later(together, bob, bobs));
            assertThat(statuses).allSatisfy(status -> assertThat(status.join()).isEqualTo(302));
            assertThat(ada.get("/").body() + ", " + bob.get("/").body()).isIn("ada, nobody", "nobody, bob");
        }
    }

    private String answer(Visitor tab, String user) {
        String login = location(tab.get("/orders"));
        TestProvider.tell(provider.uri(), "user", user);
        return location(tab.get(login));
    }

    private static CompletableFuture<Integer> later(CyclicBarrier together, Visitor visitor, String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                together.await();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return visitor.get(answer).statusCode();
        });
    }

    @Test
    void logInThatBeginsOnOneInstanceEndsOnTheOther() {
        Visitor visitor = new Visitor(first.uri());
        String login = location(visitor.get("/orders"));
        String back = location(visitor.get(login)).replace(first.uri(), second.uri());
        Visitor there = visitor.at(second.uri());
        // The redirect address of the code is that of the first instance, behind a load balancer it is that of both.
        assertThat(there.get(back).statusCode()).isEqualTo(302);
        assertThat(there.get("/orders").body()).isEqualTo("Orders of ada");
    }

    @Test
    void parallelRequestsOnBothInstancesMakeOneCallOfTheProvider() {
        Visitor visitor = withExpiredTokens(first);
        TestProvider.tell(provider.uri(), "delay", 300);
        Visitor there = visitor.at(second.uri());
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            responses.add(visitor.getLater("/orders"));
            responses.add(there.getLater("/orders"));
        }
        responses.forEach(response -> assertThat(response.join().body()).isEqualTo("Orders of ada"));
        assertThat(TestProvider.count(provider.uri(), "refresh")).isEqualTo(1);
    }

    @Test
    void instanceThatIsKilledDuringARefreshBlocksNobodyForLong() throws Exception {
        try (PackagedApplication third = instance()) {
            Visitor visitor = withExpiredTokens(third);
            TestProvider.tell(provider.uri(), "delay", 100_000);
            visitor.getLater("/orders");
            Awaitility.await().until(() -> TestProvider.count(provider.uri(), "refresh") == 1);
            Visitor there = visitor.at(second.uri());
            List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                responses.add(there.getLater("/orders"));
            }
            third.crash();
            TestProvider.tell(provider.uri(), "delay", 0);
            for (CompletableFuture<HttpResponse<String>> response : responses) {
                assertThat(response.get(60, TimeUnit.SECONDS).body()).isEqualTo("Orders of ada");
            }
            assertThat(TestProvider.count(provider.uri(), "refresh")).isEqualTo(2);
        }
    }

    @Test
    void logOutsAndRefreshesOfOneInstanceReachTheOtherAlsoIfBothKeepSessionsBetweenRequests() throws Exception {
        String near = "quarkus.imsession.near-cache.enabled=true";
        try (PackagedApplication one = instance(near); PackagedApplication other = instance(near)) {
            TestProvider.tell(provider.uri(), "sid", "s2");
            TestProvider.tell(provider.uri(), "idLifetime", 5);
            Visitor visitor = new Visitor(one.uri());
            Awaitility.await().until(() -> visitor.visit("/orders").statusCode() == 200);
            Visitor there = visitor.at(other.uri());
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
                String token = TestProvider.logoutToken(provider.uri(), "sid=%22s2%22");
                assertThat(new Visitor(other.uri()).post("/back-channel-logout", "logout_token=" + token).statusCode())
                        .isEqualTo(200);
                assertThat(socket.closed()).isEqualTo("1008 Session ended");
            }
            Awaitility.await().until(() -> visitor.get("/").body().equals("nobody"));
        }
    }

    private Visitor withExpiredTokens(PackagedApplication instance) {
        TestProvider.tell(provider.uri(), "idLifetime", 4);
        Visitor visitor = new Visitor(instance.uri());
        // On a slow machine, the tokens may expire before the log-in is over.
        Awaitility.await().until(() -> {
            String login = location(visitor.get("/orders"));
            visitor.get(location(visitor.get(login)));
            return visitor.cookies().containsKey("connsid");
        });
        long loggedIn = System.nanoTime();
        Awaitility.await().until(() -> System.nanoTime() - loggedIn > TimeUnit.SECONDS.toNanos(5));
        TestProvider.tell(provider.uri(), "idLifetime", 300);
        return visitor;
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }
}
