package io.quarkiverse.imsession.it.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;

/** Timed renewal in real time: due after a second, and two seconds of grace. */
abstract class RenewalContract {

    /** Renewal is due when little more than a second of ten hours is over: no session expires however long the tests take. */
    static final Map<String, String> SETTINGS = Map.of("quarkus.imsession.timeout", "10H",
            "quarkus.imsession.renewal.threshold", "0.999966", "quarkus.imsession.renewal.grace", "2S");

    private static final Duration MOMENT = Duration.ofMillis(600);
    /** Steps that take less together are in time. */
    private static final Duration PROMPT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration DUE = Duration.ofMillis(1300);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int PARALLEL = 20;
    /** More than tests take. */
    private static final int OLD = 8;
    /** Sessions whose renewal is due, which all tests need: they get old together. */
    private static final Queue<String> OLD_TOKENS = new ArrayDeque<>();

    private final Client client = new Client();
    private String gate;
    /** How long the story has waited on purpose. */
    private Duration paused = Duration.ZERO;

    @BeforeAll
    static void forgetSessionsOfOtherApplications() {
        OLD_TOKENS.clear();
    }

    /**
     * Tells a story whose steps have to follow each other before a renewal is due, or within the grace period. If the machine
     * was too busy for that, a failure proves nothing, and the story is told again, with other sessions.
     */
    private void promptly(Runnable story) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            awaitThatRequestsTakeAMoment();
            Instant begin = Instant.now();
            paused = Duration.ZERO;
            try {
                story.run();
                return;
            } catch (AssertionError | RuntimeException e) {
                Duration worked = Duration.between(begin, Instant.now()).minus(paused);
                if (worked.compareTo(PROMPT) < 0 || Instant.now().isAfter(end)) {
                    throw e;
                }
            }
        }
    }

    /** What belongs to a second of a session must not take one, as long as classes are loaded or the machine is too busy. */
    private void awaitThatRequestsTakeAMoment() {
        Awaitility.await().ignoreExceptions().atMost(PATIENCE).until(() -> {
            Instant begin = Instant.now();
            String token = newSession();
            read(token);
            String renewed = Client.token(client.post("/races/renew", token)).orElseThrow();
            open(waiting("set?field=count&value=1", renewed));
            return Duration.between(begin, Instant.now()).compareTo(MOMENT) < 0;
        });
    }

    @Test
    void youngSessionIsNotRenewed() {
        promptly(() -> {
            String token = newSession();
            assertThat(Client.token(read(token))).isEmpty();
        });
    }

    @Test
    void oldSessionIsRenewedByARequestThatOnlyReads() {
        promptly(() -> {
            String token = oldSession();

            HttpResponse<String> response = read(token);
            String renewed = Client.token(response).orElseThrow();
            assertThat(renewed).isNotEqualTo(token);
            assertThat(Client.id(renewed)).isEqualTo(Client.id(token));
            assertThat(response.headers().firstValue("set-cookie").orElseThrow()).contains("Max-Age=36000").contains("Path=/");
            assertThat(exists(read(renewed))).isTrue();
        });
    }

    @Test
    void twentyParallelRequestsGetOneNewTokenAndNobodyIsLoggedOut() {
        promptly(() -> {
            String token = oldSession();

            String gate = UUID.randomUUID().toString();
            List<CompletableFuture<HttpResponse<String>>> requests = IntStream.range(0, PARALLEL)
                    .mapToObj(
                            i -> client.postAsync("/races/" + (i % 2 == 0 ? "read" : "set") + "?gate=" + gate + "&field=f" + i,
                                    token))
                    .toList();
            Awaitility.await().pollDelay(Duration.ZERO).pollInterval(POLL)
                    .until(() -> client.get("/races/gates/" + gate, null).body().equals(Integer.toString(PARALLEL)));
            client.post("/races/gates/" + gate + "/open", null);

            List<HttpResponse<String>> responses = requests.stream().map(CompletableFuture::join).toList();
            assertThat(responses).allMatch(response -> response.statusCode() == 200).allMatch(RenewalContract::exists);
            List<String> tokens = responses.stream().flatMap(response -> Client.token(response).stream()).toList();
            assertThat(tokens).hasSize(1).doesNotContain(token);

            HttpResponse<String> after = read(tokens.get(0));
            assertThat(exists(after)).isTrue();
            for (int i = 1; i < PARALLEL; i += 2) {
                assertThat(after.body()).contains("\"f" + i + "\"");
            }
            assertThat(exists(read(token))).as("still in the grace period").isTrue();
        });
    }

    @Test
    void changeInTheGracePeriodIsStoredAndDoesNotBringTheOldTokenBack() {
        promptly(() -> {
            String token = oldSession();
            String renewed = Client.token(read(token)).orElseThrow();

            HttpResponse<String> late = client.post("/races/set?field=late&value=1", token);
            assertThat(late.statusCode()).isEqualTo(200);
            assertThat(Client.token(late)).isEmpty();
            assertThat(read(renewed).body()).contains("\"late\":\"1\"");
        });
    }

    @Test
    void oldTokenIsRenewedAgainIfTheResponseWithItsSuccessorWasLost() {
        promptly(() -> {
            String token = oldSession();
            String lost = Client.token(read(token)).orElseThrow();
            awaitSince(Instant.now(), GRACE);

            HttpResponse<String> again = read(token);
            assertThat(exists(again)).isTrue();
            String renewed = Client.token(again).orElseThrow();
            assertThat(renewed).isNotIn(token, lost);
            assertThat(exists(read(renewed))).isTrue();
            assertThat(exists(read(lost))).as("it may be held by a request that is under way").isTrue();
            awaitSince(Instant.now(), GRACE);
            assertThat(exists(read(lost))).isFalse();
        });
    }

    @Test
    void sessionThatIsChangedAllTheTimeIsRenewedByTheAgeOfItsToken() {
        promptly(() -> {
            String token = newSession();
            AtomicInteger value = new AtomicInteger();
            pause(() -> Awaitility.await().atMost(PATIENCE).until(() -> Client
                    .token(client.post("/races/set?field=count&value=" + value.incrementAndGet(), token))
                    .filter(sent -> !sent.equals(token)).isPresent()));
            assertThat(exists(read(token))).as("still in the grace period").isTrue();
        });
    }

    @Test
    void requestThatIsSlowerThanTheGracePeriodIsStored() {
        promptly(() -> {
            String token = newSession();
            CompletableFuture<HttpResponse<String>> slow = waiting("set?field=slow&value=1", token);
            awaitSince(Instant.now(), DUE);
            String renewed = Client.token(read(token)).orElseThrow();
            awaitSince(Instant.now(), GRACE);
            assertThat(exists(read(renewed))).isTrue();
            assertThat(exists(read(token))).as("the old token is dead").isFalse();

            HttpResponse<String> response = open(slow);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(Client.token(response)).isEmpty();
            assertThat(read(renewed).body()).contains("\"slow\":\"1\"");
        });
    }

    @Test
    void browserThatWasKilledBeforeItWroteItsCookiesComesBackWithItsSession() {
        promptly(() -> {
            String token = oldSession();
            String renewed = Client.token(read(token)).orElseThrow();
            assertThat(exists(read(renewed))).isTrue();
            assertThat(exists(client.post("/races/set?field=cart&value=book", renewed))).isTrue();
            awaitSince(Instant.now(), GRACE);

            HttpResponse<String> back = read(token);
            assertThat(back.body()).contains("\"cart\":\"book\"");
            String next = Client.token(back).orElseThrow();
            assertThat(exists(read(next))).isTrue();
        });
    }

    @Test
    void requestThatIsParallelToALogInGetsNoSessionAndCannotMakeOne() {
        promptly(() -> {
            String token = newSession();
            String renewed = Client.token(client.post("/races/renew", token)).orElseThrow();

            HttpResponse<String> parallel = read(token);
            assertThat(parallel.statusCode()).isEqualTo(200);
            assertThat(exists(parallel)).isFalse();
            assertThat(Client.token(parallel)).isEmpty();
            HttpResponse<String> change = client.post("/races/set?field=cart&value=book", token);
            assertThat(change.statusCode()).isEqualTo(409);
            assertThat(Client.token(change)).isEmpty();
            assertThat(read(renewed).body()).doesNotContain("cart");

            awaitSince(Instant.now(), GRACE);
            HttpResponse<String> later = client.post("/races/set?field=cart&value=book", token);
            assertThat(later.statusCode()).as("a browser that never got the new token is not locked out").isEqualTo(200);
            assertThat(Client.id(Client.token(later).orElseThrow())).isNotEqualTo(Client.id(token));
        });
    }

    @Test
    void requestThatIsParallelToALogInInThePlaceOfAnotherSessionCannotOverwriteItsCookie() {
        promptly(() -> {
            Map<String, String> replaced = new LinkedHashMap<>();
            for (String logIn : List.of("login?value=bob", "login-anew?value=ada", "replace?field=user&value=Bob")) {
                String token = Client.token(client.post("/races/login?value=ada", newSession())).orElseThrow();
                replaced.put(token, replaceWithRequestsInParallel(token, logIn));
            }
            awaitSince(Instant.now(), GRACE);
            replaced.forEach((token, next) -> {
                HttpResponse<String> late = client.post("/races/set?field=cart&value=book", token);
                assertThat(late.statusCode()).as("a browser that never got the new token is not locked out").isEqualTo(200);
                assertThat(Client.id(Client.token(late).orElseThrow())).isNotIn(Client.id(token), Client.id(next));
            });
        });
    }

    /** Returns the token that the log-in sets. */
    private String replaceWithRequestsInParallel(String token, String logIn) {
        Map<String, CompletableFuture<HttpResponse<String>>> waiting = new LinkedHashMap<>();
        for (String work : List.of("set?field=cart&value=book", "replace?field=cart&value=book", "login?value=eve", "renew",
                "destroy")) {
            CompletableFuture<HttpResponse<String>> request = waiting(work, token);
            waiting.put(gate, request);
        }
        String next = Client.token(client.post("/races/" + logIn, token)).orElseThrow();
        assertThat(Client.id(next)).as(logIn).isNotEqualTo(Client.id(token));

        waiting.forEach((waitedAt, request) -> {
            client.post("/races/gates/" + waitedAt + "/open", null);
            HttpResponse<String> response = request.join();
            assertThat(response.statusCode()).as(logIn + ", " + response.uri()).isEqualTo(409);
            assertThat(Client.token(response)).as("the cookie of the log-in stays").isEmpty();
        });
        for (String work : List.of("set?field=cart&value=book", "replace?field=cart&value=book", "login?value=eve")) {
            HttpResponse<String> later = client.post("/races/" + work, token);
            assertThat(later.statusCode()).as(logIn + ", " + work).isEqualTo(409);
            assertThat(Client.token(later)).isEmpty();
        }
        HttpResponse<String> read = read(token);
        assertThat(read.statusCode()).as(logIn).isEqualTo(200);
        assertThat(exists(read)).isFalse();
        assertThat(Client.token(read)).isEmpty();
        assertThat(read(next).body()).as(logIn).contains("\"exists\":true").doesNotContain("cart");
        return next;
    }

    @Test
    void logOutByATokenThatDiedMeanwhileEndsNothing() {
        promptly(() -> {
            String token = newSession();
            CompletableFuture<HttpResponse<String>> logOut = waiting("destroy", token);
            String renewed = Client.token(client.post("/races/renew", token)).orElseThrow();

            HttpResponse<String> response = open(logOut);
            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(Client.token(response)).as("the cookie of the new token stays").isEmpty();
            assertThat(exists(read(renewed))).isTrue();
        });
    }

    @Test
    void logOutThatIsSlowerThanATimedRenewalEndsTheSession() {
        promptly(() -> {
            String token = newSession();
            CompletableFuture<HttpResponse<String>> logOut = waiting("destroy", token);
            awaitSince(Instant.now(), DUE);
            String renewed = Client.token(read(token)).orElseThrow();

            assertThat(open(logOut).statusCode()).isEqualTo(200);
            assertThat(exists(read(renewed))).isFalse();
        });
    }

    @Test
    void oldTokenThatComesBackAfterItsSuccessorWasKeptIsRefused() {
        promptly(() -> {
            String token = oldSession();
            String renewed = Client.token(read(token)).orElseThrow();
            awaitSince(Instant.now(), GRACE);
            assertThat(exists(read(renewed))).isTrue();

            HttpResponse<String> replay = read(token);
            assertThat(replay.statusCode()).isEqualTo(200);
            assertThat(exists(replay)).isFalse();
            assertThat(Client.token(replay)).isEmpty();
            assertThat(exists(read(renewed))).isTrue();
        });
    }

    @Test
    void explicitRenewalLeavesNoGrace() {
        String token = newSession();
        String renewed = Client.token(client.post("/races/renew", token)).orElseThrow();
        assertThat(exists(read(token))).isFalse();
        assertThat(exists(read(renewed))).isTrue();
    }

    /** A request that has its session and waits before it goes on. */
    private CompletableFuture<HttpResponse<String>> waiting(String work, String token) {
        gate = UUID.randomUUID().toString();
        CompletableFuture<HttpResponse<String>> request = client
                .postAsync("/races/" + work + (work.contains("?") ? "&" : "?") + "gate=" + gate, token);
        Awaitility.await().pollDelay(Duration.ZERO).pollInterval(POLL)
                .until(() -> client.get("/races/gates/" + gate, null).body().equals("1"));
        return request;
    }

    private HttpResponse<String> open(CompletableFuture<HttpResponse<String>> request) {
        client.post("/races/gates/" + gate + "/open", null);
        return request.join();
    }

    private String newSession() {
        return Client.token(client.post("/races/set?field=user&value=Ada", null)).orElseThrow();
    }

    /** One whose renewal is due. */
    private String oldSession() {
        if (OLD_TOKENS.isEmpty()) {
            pause(() -> IntStream.range(0, OLD).forEach(i -> OLD_TOKENS.add(newSession())));
            awaitSince(Instant.now(), DUE);
        }
        return OLD_TOKENS.remove();
    }

    private HttpResponse<String> read(String token) {
        return client.post("/races/read", token);
    }

    private static boolean exists(HttpResponse<String> response) {
        return response.body().contains("\"exists\":true");
    }

    private void awaitSince(Instant start, Duration duration) {
        pause(() -> Awaitility.await().until(() -> Instant.now().isAfter(start.plus(duration))));
    }

    private void pause(Runnable waiting) {
        Instant begin = Instant.now();
        waiting.run();
        paused = paused.plus(Duration.between(begin, Instant.now()));
    }
}
