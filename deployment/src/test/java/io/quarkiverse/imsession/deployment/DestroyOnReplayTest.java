package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionEvent.Rejected;
import io.quarkiverse.imsession.SessionEvent.Renewed;
import io.quarkiverse.imsession.SessionId;

class DestroyOnReplayTest {

    private static final Duration DUE = Duration.ofHours(17);
    private static final Duration GRACE = Duration.ofMinutes(1);

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, EventLog.class, ClockedStore.class)
            .config("quarkus.imsession.destroy-on-replay", "true");

    @Inject
    ClockedStore store;

    @Inject
    EventLog events;

    @Test
    void replayOfASupersededTokenIsObservedAndEndsTheSession() {
        String old = Client.login("name", "anna");
        SessionId id = new SessionId(old.substring(0, SessionId.LENGTH));
        store.advance(DUE);
        String[] next = new String[1];
        events.awaitOnly(new Renewed(id, true), () -> next[0] = Client.token(Client.get("/read", old)));
        store.advance(GRACE);
        Client.get("/read", next[0]).then().body(equalTo("{name=anna}"));

        events.awaitOnly(
                List.of(new Rejected(Optional.of(id), Rejected.Reason.REPLAYED), new Destroyed(id, Destroyed.Cause.REPLAY)),
                () -> Client.get("/read", old).then().statusCode(200).body(equalTo("no session")));
        Client.get("/read", next[0]).then().body(equalTo("no session"));
    }
}
