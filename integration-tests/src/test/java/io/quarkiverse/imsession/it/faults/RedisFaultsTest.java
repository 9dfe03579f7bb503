package io.quarkiverse.imsession.it.faults;

import static io.quarkiverse.imsession.it.RedisTestResource.server;
import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(RedisProfile.class)
class RedisFaultsTest extends StoreFaultsContract {

    @Override
    void stopStore() {
        server().stop();
    }

    @Override
    void restartStore() {
        server().restart();
    }

    @Override
    void hang() {
        server().hang();
    }

    @Override
    void goOn() {
        server().goOn();
    }

    @Test
    void sessionsWorkAgainWithoutARestartWhenRedisIsBack() {
        stop();
        assertUnavailable(client.post("/races/set", null));
        start();
        Awaitility.await().atMost(SOON).until(() -> client.post("/races/set", null).statusCode() == 200);
        assertThat(client.post("/races/read", newSession(client)).body()).contains("\"exists\":true");
    }

    @Test
    void scriptsThatRedisForgotAreSentAgain() {
        String token = newSession(client);
        server().command("SCRIPT", "FLUSH");
        assertThat(client.post("/races/set?field=later&value=1", token).statusCode()).isEqualTo(200);
        assertThat(client.post("/races/read", token).body()).contains("\"later\":\"1\"");
    }
}
