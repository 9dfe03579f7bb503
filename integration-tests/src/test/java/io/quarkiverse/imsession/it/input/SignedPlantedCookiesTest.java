package io.quarkiverse.imsession.it.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** With signing keys a token that somebody else made up is garbage. */
@Tag("packaged")
@QuarkusTest
@TestProfile(SignedPlantedCookiesTest.Profile.class)
class SignedPlantedCookiesTest extends PlantedCookiesContract {

    @Override
    void assertStoreCommands(int most, BadTokensContract.ThrowingRunnable request) throws Exception {
        RedisBadTokensTest.assertRedisCommands(most, request);
    }

    @Test
    void forgedTokensAreNotLookedForHoweverManyTheyAre() throws Exception {
        String own = Visitor.post("/races/set", List.of()).token();
        List<String> forged = IntStream.range(100, 150).mapToObj(i -> i + own.substring(3)).toList();
        String header = "connsid=" + String.join("; connsid=", forged) + "; connsid=" + own;
        assertStoreCommands(1, () -> assertThat(Visitor.post("/races/read", List.of(header)).hasSession()).isTrue());
    }

    /** Runtime settings, so the packaged application gets them too. */
    public static class Profile extends RedisProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(super.getConfigOverrides());
            config.put("quarkus.imsession.signing.keys", "0123456789abcdef0123456789abcdef");
            return config;
        }
    }
}
