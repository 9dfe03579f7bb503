package io.quarkiverse.imsession.it.secrets;

import static io.quarkiverse.imsession.it.RedisTestResource.server;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Where the secret half of a token must not be found: in the store, and in a log that tells everything. */
@Tag("packaged")
@QuarkusTest
@TestProfile(RedisSecretsTest.LoggingProfile.class)
class RedisSecretsTest {

    /** Where an application under integration test logs: the test waits for it to tell there that it has started. */
    /** The one where an integration test finds out where the application listens, if this is one. */
    private static final String LOG_FILE = System.getProperty("quarkus.log.file.path", "target/quarkus.log");
    private static final String DATA = "a-value-for-nobody-else";

    private final Client client = new Client();

    @Test
    void noSecretAndNoDataIsInTheLogAndNoSecretInTheStore() throws IOException {
        List<String> tokens = useSessionsInEveryWay();

        String stored = dump();
        String log = Files.readString(Path.of(LOG_FILE));
        for (String token : tokens) {
            assertThat(stored).doesNotContain(token.substring(23));
            assertThat(log).doesNotContain(token.substring(23));
        }
        assertThat(stored).contains(tokens.get(0).substring(0, 22));
        assertThat(log).contains("WRONG_SECRET", "UNKNOWN", "could not be loaded").doesNotContain(DATA);
    }

    /** The first token is that of a session that lives on. */
    private List<String> useSessionsInEveryWay() {
        List<String> tokens = new ArrayList<>();
        tokens.add(newSession());
        String renewed = newSession();
        tokens.add(renewed);
        tokens.add(Client.token(client.post("/races/renew", renewed)).orElseThrow());
        tokens.add(newSession());
        client.post("/races/destroy", tokens.get(3));
        client.post("/races/set?field=other&value=" + DATA, tokens.get(0));
        String forged = tokens.get(0).substring(0, 23) + "F".repeat(32);
        tokens.add(forged);
        for (String token : tokens) {
            client.post("/races/read", token);
        }
        client.post("/races/read", "malformed-" + forged);

        server().hang();
        try {
            assertThat(client.post("/races/read", tokens.get(0)).statusCode()).isEqualTo(503);
        } finally {
            server().goOn();
        }
        Awaitility.await().until(() -> client.post("/races/read", tokens.get(0)).statusCode() == 200);
        return tokens;
    }

    private String newSession() {
        HttpResponse<String> response = client.post("/races/set?field=note&value=" + DATA, null);
        return Client.token(response).orElseThrow();
    }

    private String dump() {
        StringBuilder dump = new StringBuilder();
        for (String key : server().keys()) {
            dump.append(key).append(server().hash(key)).append('\n');
        }
        return dump.toString();
    }

    public static final class LoggingProfile extends RedisProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(super.getConfigOverrides());
            config.put("quarkus.log.file.enabled", "true");
            config.put("quarkus.log.file.path", LOG_FILE);
            config.put("quarkus.log.category.\"io.quarkiverse\".level", "TRACE");
            return config;
        }
    }
}
