package io.quarkiverse.imsession.it.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.it.Client;
import io.restassured.RestAssured;

/** What holds when many clients raise numbers of one session at the same time, through every layer. */
abstract class TransactionsContract {

    /** How often each client raises a number. */
    static final int SOME = 10;
    static final int MANY = 200;

    final Client client = new Client();

    @ParameterizedTest
    @ValueSource(strings = { "field", "record" })
    void incrementsOfAllLayersAreAllCountedAndNoneIsRefused(String what) throws Exception {
        assertAllCounted(what, SOME);
    }

    @ParameterizedTest
    @ValueSource(strings = { "field", "record" })
    @Tag("full")
    void tenThousandIncrementsOfAllLayersAreAllCountedAndNoneIsRefused(String what) throws Exception {
        assertAllCounted(what, MANY);
    }

    @Test
    void ticketsAreAllDifferentAndWithoutGaps() throws Exception {
        assertTicketsOfAll(SOME);
    }

    @Test
    @Tag("full")
    void tenThousandTicketsAreAllDifferentAndWithoutGaps() throws Exception {
        assertTicketsOfAll(MANY);
    }

    @Test
    void incrementsThatWereAcknowledgedAreCountedAndNoOthersWhileTheTokenIsRenewed() throws Exception {
        String token = begin();
        List<String> ways = new ArrayList<>(Crowd.REQUESTS);
        ways.addAll(Crowd.SOCKETS);
        ways.addAll(Crowd.ADMINISTRATION);
        try (Crowd crowd = start(token, ways, "field", SOME)) {
            for (int renewals = 1; renewals <= 5; renewals++) {
                crowd.awaitAnswers(renewals * Crowd.CLIENTS * SOME / 6);
                HttpResponse<String> renewed = client.post("/transactions/renew", token);
                assertThat(renewed.statusCode()).isEqualTo(204);
                token = Client.token(renewed).orElseThrow();
                crowd.use(token);
            }
            crowd.join();
            assertThat(crowd.wrong()).isEmpty();
            assertThat(crowd.unknown()).isZero();
            assertThat(crowd.elsewhere()).isZero();
            assertThat(crowd.acknowledged() + crowd.refused()).isEqualTo(Crowd.CLIENTS * SOME);
            assertThat(crowd.acknowledged()).isPositive();
            assertThat(totals(token)).contains(" field=" + crowd.acknowledged() + " ");
        }
    }

    /** The numbers of the tickets tell what was counted in a session that is gone. */
    @Test
    void ticketsThatWereAcknowledgedAreCountedAndNoOthersUntilTheLogOutWhichEndsTheSessionForAll() throws Exception {
        String token = begin();
        try (Crowd crowd = start(token, Crowd.REQUESTS, "ticket", SOME)) {
            crowd.awaitAnswers(Crowd.CLIENTS * SOME / 2);
            assertThat(client.post("/transactions/log-out", token).statusCode()).isEqualTo(204);
            List<Integer> until = crowd.join().tickets();
            assertThat(crowd.wrong()).isEmpty();
            assertThat(crowd.unknown()).isZero();
            assertThat(until).isEqualTo(upTo(crowd.acknowledged()));
            assertThat(crowd.acknowledged()).isGreaterThanOrEqualTo(Crowd.CLIENTS * SOME / 2);
            assertThat(crowd.acknowledged() + crowd.refused() + crowd.elsewhere()).isEqualTo(Crowd.CLIENTS * SOME);
        }
        assertThat(totals(token)).startsWith("exists=false");
    }

    @Test
    void ticketOfARequestThatFailsIsTakenAndWhatItChangedLaterIsDiscarded() {
        String token = begin();
        assertThat(client.post("/transactions/uni/ticket", token).body()).isEqualTo("1");
        HttpResponse<String> failed = client.post("/transactions/failing/ticket", token);
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).isEqualTo("2");
        assertThat(totals(token)).contains(" field=0 ").contains(" ticket=2 ");
        assertThat(client.post("/transactions/blocking/ticket", token).body()).isEqualTo("3");
    }

    /** Starts clients of this application. */
    static Crowd start(String token, List<String> ways, String what, int each) {
        return Crowd.start(List.of(URI.create("http://localhost:" + RestAssured.port)), token, ways, what, each);
    }

    String begin() {
        return Client.token(client.post("/transactions/begin", null)).orElseThrow();
    }

    String totals(String token) {
        return client.get("/transactions/totals", token).body();
    }

    static List<Integer> upTo(int count) {
        return IntStream.rangeClosed(1, count).boxed().toList();
    }

    private void assertAllCounted(String what, int each) throws Exception {
        String token = begin();
        try (Crowd crowd = start(token, Crowd.ALL, what, each).join()) {
            assertThat(crowd.wrong()).isEmpty();
            assertThat(crowd.refused()).isZero();
            assertThat(crowd.unknown()).isZero();
            assertThat(crowd.acknowledged()).isEqualTo(Crowd.CLIENTS * each);
        }
        assertThat(totals(token)).contains(" " + what + "=" + Crowd.CLIENTS * each + " ");
    }

    private void assertTicketsOfAll(int each) throws Exception {
        String token = begin();
        List<String> ways = new ArrayList<>(Crowd.REQUESTS);
        ways.addAll(Crowd.SOCKETS);
        try (Crowd crowd = start(token, ways, "ticket", each).join()) {
            assertThat(crowd.wrong()).isEmpty();
            assertThat(crowd.refused()).isZero();
            assertThat(crowd.tickets()).isEqualTo(upTo(Crowd.CLIENTS * each));
        }
        assertThat(totals(token)).contains(" ticket=" + Crowd.CLIENTS * each + " ");
    }
}
