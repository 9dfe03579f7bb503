package io.quarkiverse.imsession.it.transactions;

import static io.quarkiverse.imsession.it.transactions.TransactionsTestResource.proxy;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** What holds in Redis also if it forgets scripts and loses connections, and what transactions cost. */
@Tag("packaged")
@QuarkusTest
@TestProfile(RedisTransactionsTest.Profile.class)
class RedisTransactionsTest extends TransactionsContract {

    private static final Pattern REPEATED = Pattern.compile("(?m)^imsession_commits_repeated_total (\\S+)$");
    private static final int PARALLEL = 20;
    private static final int FAULTS = 5;

    @BeforeEach
    @AfterEach
    void letRedisBeReached() {
        proxy().restore();
        Awaitility.await().until(() -> client.post("/transactions/begin", null).statusCode() == 200);
    }

    @Test
    void forgottenScriptsAreSentAgainSoAllIncrementsAreCountedAndNoneIsRefused() throws Exception {
        String token = begin();
        try (Crowd crowd = start(token, Crowd.ALL, "field", SOME)) {
            for (int i = 1; i <= FAULTS; i++) {
                crowd.awaitAnswers(i * Crowd.CLIENTS * SOME / (FAULTS + 1));
                redis().command("SCRIPT", "FLUSH");
            }
            crowd.join();
            assertThat(crowd.wrong()).isEmpty();
            assertThat(crowd.acknowledged()).isEqualTo(Crowd.CLIENTS * SOME);
        }
        assertThat(totals(token)).contains(" field=" + Crowd.CLIENTS * SOME + " ");
    }

    @Test
    void killedConnectionsLoseNoAcknowledgedIncrementAndCountNoneTwice() throws Exception {
        assertNothingIsLost(() -> redis().command("CLIENT", "KILL", "TYPE", "normal"));
    }

    @Test
    void scriptsWhoseRepliesAreLostLoseNoAcknowledgedIncrementAndCountNoneTwice() throws Exception {
        assertNothingIsLost(() -> proxy().cutAfter("evalsha", 3));
    }

    @Test
    void scriptsThatAreLostLoseNoAcknowledgedIncrementAndCountNoneTwice() throws Exception {
        assertNothingIsLost(() -> proxy().cutBefore("evalsha", 3));
    }

    @Test
    void incrementsThatNothingDisturbsCostOneReadAndOneScript() throws Exception {
        String token = connected();
        for (String way : Crowd.REQUESTS) {
            for (String what : List.of("field", "record", "ticket")) {
                Map<String, Integer> commands = commands(() -> client.post("/transactions/" + way + "/" + what, token));
                // A response that comes late after its commit asks whether its token is still the newest one.
                boolean isLate = what.equals("ticket") && commands.getOrDefault("hgetall", 0) == 2;
                assertThat(commands).as(way + " " + what).isEqualTo(Map.of("hgetall", isLate ? 2 : 1, "evalsha", 1));
            }
        }
        for (String way : Crowd.ADMINISTRATION) {
            assertThat(commands(() -> client.post("/transactions/" + way + "/field?id=" + Client.id(token), null))).as(way)
                    .isEqualTo(Map.of("hgetall", 1, "evalsha", 1));
        }
        assertThat(totals(token)).contains(" field=6 record=4 ticket=4 ");
    }

    @Test
    void incrementThatAnotherOneDisturbsCostsOneScriptMoreAndIsCountedAsRepeated() throws Exception {
        String token = connected();
        double before = repeated();
        assertThat(commands(() -> incrementWhileAnotherRequestRaises("field", token)))
                .isEqualTo(Map.of("hgetall", 2, "evalsha", 3));
        assertThat(repeated() - before).isEqualTo(1);
        assertThat(totals(token)).contains(" field=2 ");
    }

    @Test
    void incrementThatAnotherFieldsUpdatePrecedesIsNotRepeated() throws Exception {
        String token = connected();
        double before = repeated();
        assertThat(commands(() -> incrementWhileAnotherRequestRaises("record", token)))
                .isEqualTo(Map.of("hgetall", 2, "evalsha", 2));
        assertThat(repeated() - before).isZero();
        assertThat(totals(token)).contains(" field=1 record=1 ");
    }

    @Test
    void manyIncrementsAtOnceCostOneScriptMoreForEachThatIsRepeatedAtTheMost() throws Exception {
        String token = connected();
        double before = repeated();
        Map<String, Integer> commands = commands(() -> {
            String gate = UUID.randomUUID().toString();
            List<CompletableFuture<HttpResponse<String>>> slow = new ArrayList<>();
            for (int i = 0; i < PARALLEL; i++) {
                slow.add(client.postAsync("/transactions/uni/field?gate=" + gate, token));
            }
            awaitArrived(gate, PARALLEL);
            open(gate);
            slow.forEach(response -> assertThat(response.join().statusCode()).isEqualTo(200));
        });
        int repeated = (int) (repeated() - before);
        assertThat(repeated).isGreaterThanOrEqualTo(PARALLEL - 1);
        assertThat(commands).containsOnlyKeys("hgetall", "evalsha").containsEntry("hgetall", PARALLEL);
        assertThat(commands.get("evalsha")).isBetween(PARALLEL, PARALLEL + repeated);
        assertThat(totals(token)).contains(" field=" + PARALLEL + " ");
    }

    private void incrementWhileAnotherRequestRaises(String what, String token) throws Exception {
        String gate = UUID.randomUUID().toString();
        CompletableFuture<HttpResponse<String>> slow = client.postAsync("/transactions/uni/field?gate=" + gate, token);
        awaitArrived(gate, 1);
        client.post("/transactions/uni/" + what, token);
        open(gate);
        assertThat(slow.join().statusCode()).isEqualTo(200);
    }

    private void assertNothingIsLost(Runnable fault) throws Exception {
        String token = begin();
        try (Crowd crowd = start(token, Crowd.ALL, "field", SOME)) {
            for (int i = 1; i <= FAULTS; i++) {
                crowd.awaitAnswers(i * Crowd.CLIENTS * SOME / (FAULTS + 1));
                fault.run();
            }
            crowd.join();
            proxy().restore();
            assertThat(crowd.wrong()).isEmpty();
            assertThat(crowd.answers()).isEqualTo(Crowd.CLIENTS * SOME);
            assertThat(crowd.elsewhere()).isZero();
            assertThat(crowd.refused()).isZero();
            assertThat(field(token)).isBetween(crowd.acknowledged(), crowd.acknowledged() + crowd.unknown());
            assertThat(crowd.acknowledged()).isPositive();
        }
    }

    private int field(String token) {
        Awaitility.await().until(() -> totals(token).startsWith("exists=true"));
        Matcher field = Pattern.compile(" field=(\\d+) ").matcher(totals(token));
        assertThat(field.find()).isTrue();
        return Integer.parseInt(field.group(1));
    }

    /** A new session, for a client on whose connections Redis was used already, and knows all scripts. */
    private String connected() {
        String token = begin();
        for (int i = 0; i < PARALLEL; i++) {
            List<CompletableFuture<HttpResponse<String>>> together = new ArrayList<>();
            for (int j = 0; j < PARALLEL; j++) {
                together.add(client.postAsync("/transactions/uni/field", token));
            }
            together.forEach(CompletableFuture::join);
        }
        client.post("/transactions/administration/field?id=" + Client.id(token), null);
        return begin();
    }

    private Map<String, Integer> commands(RedisServer.ThrowingRunnable work) throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        proxy().commands(work).forEach(command -> counts.merge(command, 1, Integer::sum));
        return counts;
    }

    private double repeated() {
        Matcher repeated = REPEATED.matcher(client.get("/q/metrics", null).body());
        assertThat(repeated.find()).isTrue();
        return Double.parseDouble(repeated.group(1));
    }

    private void awaitArrived(String gate, int requests) {
        Awaitility.await().until(() -> client.get("/races/gates/" + gate, null).body().equals(Integer.toString(requests)));
    }

    private void open(String gate) {
        client.post("/races/gates/" + gate + "/open", null);
    }

    private static RedisServer redis() {
        return proxy().server();
    }

    public static final class Profile extends RedisProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(TransactionsTestResource.class));
        }
    }
}
