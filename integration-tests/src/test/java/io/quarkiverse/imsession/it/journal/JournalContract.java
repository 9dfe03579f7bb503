package io.quarkiverse.imsession.it.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;

/** What the journal of a user tells, over HTTP. */
abstract class JournalContract extends ShortJournalContract {

    /** The timeout of a session whose token is replaced: a new one is due when two thirds of it are over. */
    private static final Duration LIFE = Duration.ofSeconds(9);
    private static final Duration DUE = Duration.ofMillis(6100);
    private static final Duration GRACE = Duration.ofMillis(1100);

    @Test
    void sessionThatGoesToAnotherUserIsToldToBoth() {
        String ada = user();
        String eve = user();
        String token = logIn(ada);
        String next = token(post("/races/login?value=" + eve, token));
        assertThat(told(journal(ada))).containsExactly("ENDED REQUEST", "LOGGED_IN REQUEST");
        assertThat(journal(eve)).singleElement().satisfies(entry -> assertThat(entry).containsEntry("kind", "LOGGED_IN")
                .containsEntry("session", Client.id(next)));
    }

    @Test
    void visitorsAndReadsAreNotTold() {
        String user = user();
        String token = logIn(user);
        IntStream.range(0, 5).forEach(i -> post("/races/read", token));
        post("/races/set?field=cart&value=book", token);
        assertThat(told(journal(user))).containsExactly("LOGGED_IN REQUEST");
        assertThat(send("GET", "/journal/mine", token, "curl").body()).containsOnlyOnce("\"kind\":\"LOGGED_IN\"");
        assertThat(send("GET", "/journal/mine", null, "curl").statusCode()).isEqualTo(401);
    }

    @Test
    void timedRenewalIsToldAndTheOldTokenThatComesBackIsToldOnceWithItsSender() {
        // If the machine is too slow, the session has expired, or its token was replaced once more.
        Awaitility.await().atMost(Duration.ofMinutes(5)).ignoreExceptions().until(() -> {
            String user = user();
            String token = logIn(user);
            post("/races/remember?value=" + LIFE, token);
            awaitSince(Instant.now(), DUE);
            String renewed = token(post("/races/read", token));
            awaitSince(Instant.now(), GRACE);
            post("/races/read", renewed);
            for (int i = 0; i < 5; i++) {
                assertThat(send("POST", "/races/read", token, "Stolen/1.0").body()).contains("\"exists\":false");
            }
            List<Map<String, String>> journal = journal(user);
            assertThat(told(journal)).containsExactly("REFUSED REPLAY", "RENEWED TIME", "LOGGED_IN REQUEST");
            assertThat(journal).first().satisfies(entry -> assertThat(entry).containsEntry("userAgent", "Stolen/1.0")
                    .containsEntry("session", Client.id(token)));
            return true;
        });
    }

    @Test
    void strangerAddsNothing() {
        String user = user();
        String token = logIn(user);
        List<String> guesses = List.of(Client.id(token) + "." + "A".repeat(32), Client.id(token) + ".", Client.id(token),
                "x".repeat(5000),
                token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A"));
        for (String guess : guesses) {
            post("/races/read", guess);
            post("/races/destroy", guess);
        }
        assertThat(told(journal(user))).containsExactly("LOGGED_IN REQUEST");
    }

    @Test
    void endByTheApplicationIsToldWithoutAClient() {
        String user = user();
        String one = logIn(user);
        String two = logIn(user);
        String three = logIn(user);
        assertThat(post("/journal/end?id=" + Client.id(one), null).body()).isEqualTo("true");
        assertThat(post("/journal/end?id=" + Client.id(one), null).body()).isEqualTo("false");
        assertThat(post("/journal/end-all?user=" + user, null).body()).isEqualTo("2");

        List<Map<String, String>> ends = journal(user).subList(0, 3);
        assertThat(told(ends)).containsOnly("ENDED ADMINISTRATION");
        assertThat(ends).extracting(entry -> entry.get("session")).containsExactlyInAnyOrder(Client.id(one), Client.id(two),
                Client.id(three));
        assertThat(ends.get(2)).containsEntry("session", Client.id(one));
        assertThat(ends).allSatisfy(entry -> {
            assertThat(entry.get("address")).isNull();
            assertThat(entry.get("userAgent")).isNull();
        });
    }

    @Test
    void journalStaysWhenAllSessionsAreEndedAndGoesWhenItIsErased() {
        String user = user();
        logIn(user);
        post("/journal/end-all?user=" + user, null);
        assertThat(journal(user)).hasSize(2);
        assertThat(send("DELETE", "/journal?user=" + user, null, FIREFOX).body()).isEqualTo("true");
        assertThat(journal(user)).isEmpty();
        assertThat(send("DELETE", "/journal?user=" + user, null, FIREFOX).body()).isEqualTo("false");
    }

    @Test
    void erasureWithTheEndOfManySessionsLeavesNothing() {
        String user = user();
        IntStream.range(0, 20).mapToObj(i -> sendAsync("POST", "/races/login?value=" + user, null, FIREFOX)).toList()
                .forEach(CompletableFuture::join);
        send("DELETE", "/journal?user=" + user, null, FIREFOX);
        assertThat(journal(user)).isEmpty();
    }

    @Test
    void parallelLogInsKeepTheNewestEntries() {
        String user = user();
        IntStream.range(0, MOST_ENTRIES + 20).mapToObj(i -> sendAsync("POST", "/races/login?value=" + user, null, FIREFOX))
                .toList()
                .forEach(response -> assertThat(response.join().statusCode()).isEqualTo(200));
        assertThat(journal(user)).hasSize(MOST_ENTRIES).extracting(entry -> entry.get("session")).doesNotHaveDuplicates();
        String last = logIn(user);
        assertThat(journal(user)).hasSize(MOST_ENTRIES).first().satisfies(entry -> assertThat(entry).containsEntry("session",
                Client.id(last)));
    }

    @Test
    void hostileUserAgentsAndNamesOfUsersAreKeptAndCutAndKeptApart() {
        String agent = "\"'{}[]\\;--<script>%s%n\t\u00ff" + "x".repeat(6000);
        String base = user();
        List<String> users = Stream.of("", "'; DROP TABLE x --", "{}", "}:{", "\r\nFLUSHALL\r\n", "\u0000", "*", "%7B",
                "\ud83d\ude80\u202e", "\\\"").map(odd -> base + odd).toList();
        for (String user : users) {
            assertThat(send("POST", "/races/login?value=" + encode(user), null, agent).statusCode()).isEqualTo(200);
        }
        for (String user : users) {
            assertThat(journal("user=" + encode(user))).as(user).singleElement()
                    .satisfies(entry -> assertThat(entry.get("userAgent")).hasSize(256).startsWith("\"'{}[]\\;--<script>%s%n"));
        }
    }

    @Test
    void whatIsNoJournalIsRefused() {
        assertThat(send("GET", "/journal?most=0&user=ada", null, FIREFOX).statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(send("GET", "/journal?user=", null, FIREFOX).statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(send("GET", "/journal?user=" + "x".repeat(300), null, FIREFOX).statusCode()).isGreaterThanOrEqualTo(400);
    }

    private static void awaitSince(Instant start, Duration duration) {
        Awaitility.await().until(() -> Instant.now().isAfter(start.plus(duration)));
    }
}
