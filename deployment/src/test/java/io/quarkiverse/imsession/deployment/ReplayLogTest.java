package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;

/** A token that comes back again and again, after its successor was used, and a store that cannot end its session. */
class ReplayLogTest {

    private static final int REPLAYS = 100;
    private static final Duration DUE = Duration.ofHours(17);
    private static final Duration GRACE = Duration.ofMinutes(1);

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, Unending.class, ClockedStore.class)
            .config("quarkus.imsession.destroy-on-replay", "true")
            .logs(Level.WARNING, ReplayLogTest::notEachReplayIsLogged);

    @Inject
    Unending store;

    @Test
    void replaysAreLoggedButNotEachOfThem() {
        String old = Client.login("name", "anna");
        store.advance(DUE);
        String next = Client.token(Client.get("/read", old));
        store.advance(GRACE);
        Client.get("/read", next).then().body(equalTo("{name=anna}"));

        for (int i = 0; i < REPLAYS; i++) {
            Client.get("/read", old).then().statusCode(200).body(equalTo("no session"));
        }
    }

    private static void notEachReplayIsLogged(List<String> lines) {
        assertThat(lines).filteredOn(line -> line.startsWith("A superseded token of session "))
                .hasSizeBetween(1, REPLAYS / 2);
        assertThat(lines).filteredOn(line -> line.contains("could not be ended after a replay"))
                .hasSizeBetween(1, REPLAYS / 2)
                .allMatch(line -> line
                        .matches(
                                "Session [\\w-]{22} could not be ended after a replay: java.lang.IllegalStateException( \\(.*)?"));
    }

    @Singleton
    @Alternative
    @Priority(1)
    public static class Unending extends ClockedStore {

        @Override
        public CompletionStage<Boolean> destroy(SessionId id) {
            throw new IllegalStateException("secret-data");
        }
    }
}
