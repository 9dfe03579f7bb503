package io.quarkiverse.imsession.it.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(RedisDevicesTest.DevicesProfile.class)
class RedisDevicesTest extends EndingContract {

    private static final String PREFIX = "devices";

    @Test
    void sessionsAreFoundInTheSetOfTheirUserOnly() {
        DemoBrowser browser = browser().logIn("7");
        assertThat(RedisTestResource.server().keys()).contains(PREFIX + ":{" + browser.id() + '}', reference("7"));

        browser.post("/api/switch-user?user=8");

        assertThat(RedisTestResource.server().keys()).contains(reference("8")).doesNotContain(reference("7"));
    }

    @Override
    void assertNothingIsLeft() {
        assertThat(RedisTestResource.server().keys()).noneMatch(key -> key.startsWith(PREFIX) && isLeft(key));
    }

    /** Of a replaced session the hashes of its tokens stay for ten seconds, so such a key may expire while it is looked at. */
    private static boolean isLeft(String key) {
        return switch ((String) RedisTestResource.server().command("TYPE", key)) {
            case "none" -> false;
            case "hash" -> !List.of("@replaced").containsAll((List<?>) RedisTestResource.server().command("HKEYS", key));
            default -> true;
        };
    }

    private static String reference(String user) {
        return PREFIX + ":ref:principal:{" + user + '}';
    }

    /** With keys that nobody else has. */
    public static final class DevicesProfile extends RedisProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(super.getConfigOverrides());
            config.put("quarkus.imsession.redis.key-prefix", PREFIX);
            return config;
        }
    }
}
