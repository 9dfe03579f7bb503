package io.quarkiverse.imsession.it.faults;

import static io.quarkiverse.imsession.it.RedisTestResource.server;
import static io.quarkiverse.imsession.it.faults.StoreFaultsContract.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** With {@code redis.replicas=1}, a Redis whose replica is there or not. */
@Tag("packaged")
@QuarkusTest
@TestProfile(MissingReplicaTest.OneReplicaProfile.class)
class MissingReplicaTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Client client = new Client();
    private RedisServer replica;

    @AfterEach
    void stopReplica() {
        if (replica != null) {
            replica.close();
        }
    }

    @Test
    void newSessionThatNoReplicaHasIsAnsweredWith503AndNoCookieAndIsEnded() {
        List<String> before = server().keys();
        assertUnavailable(client.post("/races/set?field=user&value=Ada", null));
        Awaitility.await().atMost(SOON).until(() -> before.containsAll(server().keys()));
    }

    @Test
    void changeRenewalAndLogOutThatNoReplicaHasAreAnsweredWith503AndTouchNoCookie() {
        startReplica();
        String changed = newSession();
        String renewed = newSession();
        String ended = newSession();
        replica.stop();
        assertUnavailable(client.post("/races/set?field=user&value=Grace", changed));
        assertUnavailable(client.post("/races/renew", renewed));
        assertUnavailable(client.post("/races/destroy", ended));
        assertThat(client.post("/races/read", changed).statusCode()).as("reading needs no replica").isEqualTo(200);
    }

    @Test
    void changeOrLogOutThatIsAskedForAgainIsNotAcknowledgedBeforeTheReplicaHasIt() {
        startReplica();
        String changed = newSession();
        String ended = newSession();
        replica.hang();
        try {
            for (int i = 0; i < 2; i++) {
                assertUnavailable(client.post("/races/set?field=user&value=Grace", changed));
                assertUnavailable(client.post("/races/destroy", ended));
            }
            assertThat(client.post("/races/read", ended).body()).as("reading asks for nothing").contains("\"exists\":false");
        } finally {
            replica.goOn();
        }
        Awaitility.await().atMost(SOON).until(() -> client.post("/races/destroy", ended).statusCode() == 200);
        assertThat(client.post("/races/set?field=user&value=Grace", changed).statusCode()).isEqualTo(200);
        assertThat(replica.hash(key(changed))).containsEntry("user", "\"Grace\"");
        assertThat(replica.keys()).doesNotContain(key(ended));
    }

    @Test
    void changesAreStoredAgainWhenTheReplicaIsBack() {
        startReplica();
        String token = newSession();
        replica.stop();
        assertUnavailable(client.post("/races/set?field=user&value=Grace", token));
        startReplica();
        Awaitility.await().atMost(SOON)
                .until(() -> client.post("/races/set?field=user&value=Edsger", token).statusCode() == 200);
        assertThat(replica.hash(key(token))).containsEntry("user", "\"Edsger\"");
    }

    @Test
    void logInThatNoReplicaHasTakesNoPlaceOfTheUser() {
        String logIn = "/races/set?field=seat&value=" + UUID.randomUUID();
        assertUnavailable(client.post(logIn, null));
        startReplica();
        Awaitility.await().atMost(SOON).until(() -> client.post(logIn, null).statusCode() == 200);
        assertThat(client.post(logIn, null).statusCode()).as("the limit holds").isEqualTo(409);
    }

    /** A machine that is too busy for a second must not look like a replica that is missing. */
    private String newSession() {
        return Awaitility.await().atMost(SOON)
                .until(() -> Client.token(client.post("/races/set?field=user&value=Ada", null)), Optional::isPresent)
                .orElseThrow();
    }

    private void startReplica() {
        stopReplica();
        replica = RedisServer.startReplica(server());
    }

    private static String key(String token) {
        return "imsession:{" + Client.id(token) + "}";
    }

    public static final class OneReplicaProfile extends RedisProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(super.getConfigOverrides());
            config.put("quarkus.imsession.redis.replicas", "1");
            config.put("quarkus.imsession.redis.replicas-timeout", "1S");
            config.put("quarkus.imsession.references.\"seat\".max-sessions", "1");
            return config;
        }
    }
}
