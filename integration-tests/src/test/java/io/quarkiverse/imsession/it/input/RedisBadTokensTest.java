package io.quarkiverse.imsession.it.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@Tag("shared")
@QuarkusTest
@TestProfile(RedisProfile.class)
class RedisBadTokensTest extends BadTokensContract {

    @Override
    void assertStoreCommands(int most, ThrowingRunnable request) throws Exception {
        assertRedisCommands(most, request);
    }

    static void assertRedisCommands(int most, ThrowingRunnable request) throws Exception {
        Map<String, Integer> commands;
        do {
            // The first request of each event loop also connects: count again.
            commands = RedisTestResource.server().count(request::run);
        } while (commands.containsKey("hello"));
        assertThat(commands.values().stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(most);
    }

    @Test
    void idThatIsARedisKeyOfAnotherTypeIsNoSession() throws Exception {
        String id = "Z".repeat(22);
        RedisTestResource.server().command("RPUSH", "imsession:{" + id + "}", "a");
        String token = id + "." + "B".repeat(32);
        assertStoreCommands(1, () -> assertThat(new Client().post("/races/read", token).body()).contains("\"exists\":false"));
        assertThat(RedisTestResource.server().command("TYPE", "imsession:{" + id + "}")).isEqualTo("list");
    }

    @Test
    void tokenOfAnotherApplicationIsNoSession() {
        RedisServer server = RedisTestResource.server();
        String token = Client.token(new Client().post("/races/set", null)).orElseThrow();
        String id = token.substring(0, 22);
        server.command("RENAME", "imsession:{" + id + "}", "another:{" + id + "}");
        assertThat(new Client().post("/races/read", token).body()).contains("\"exists\":false");
    }
}
