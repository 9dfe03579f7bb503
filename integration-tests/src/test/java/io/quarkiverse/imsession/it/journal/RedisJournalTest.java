package io.quarkiverse.imsession.it.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;

@Tag("packaged")
@QuarkusTest
@TestProfile(RedisJournalTest.Profile.class)
class RedisJournalTest extends JournalContract {

    @Test
    void eachEntryIsOneCommandAndReadsCostNothing() throws Exception {
        String user = user();
        logIn(user);
        // The commands of a log-in and a log-out without a journal are two: the session and its entry in the index.
        assertThat(RedisTestResource.server().count(() -> {
            logIn(user);
            journal(user);
        })).isEqualTo(Map.of("evalsha", 3, "xrevrange", 1));
        String token = logIn(user);
        journal(user);
        assertThat(RedisTestResource.server().count(() -> post("/races/read", token))).isEqualTo(Map.of("hgetall", 1));
        assertThat(RedisTestResource.server().count(() -> {
            post("/races/destroy", token);
            journal(user);
        })).isEqualTo(Map.of("hgetall", 1, "evalsha", 3, "xrevrange", 1));
    }

    @Test
    void journalThatCannotBeWrittenIsNoFailureOfALogInAndIsCounted() {
        String user = user();
        String key = "imsession:journal:principal:{" + user + "}";
        RedisTestResource.server().command("SET", key, "no stream");
        double before = lost();
        String token = logIn(user);
        assertThat(post("/races/read", token).body()).contains("\"exists\":true");
        assertThat(post("/races/destroy", token).statusCode()).isEqualTo(200);
        Awaitility.await().until(() -> lost() == before + 2);

        RedisTestResource.server().command("DEL", key);
        logIn(user);
        assertThat(told(journal(user))).containsExactly("LOGGED_IN REQUEST");
        assertThat((Long) RedisTestResource.server().command("PTTL", key)).isPositive();
    }

    private static double lost() {
        return RestAssured.get("/q/metrics").body().asString().lines()
                .filter(line -> line.startsWith("imsession_journal_lost_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    public static final class Profile extends RedisProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return with(SETTINGS);
        }
    }
}
